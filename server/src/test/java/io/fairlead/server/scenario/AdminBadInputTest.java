package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * Whatever comes to the admin API, on any of its paths, gets a clear 4xx as a problem (RFC 9457),
 * costs no more than was said, and is no trouble to anybody else.
 */
final class AdminBadInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEMBER =
      "/api/v1/overrides/members/fruit.gslb.guzware.net/127.0.10.1";
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE");

  @TempDir private Path folder;
  private final Said said = new Said();
  private final HttpClient http = HttpClient.newHttpClient();
  private List<Site> sites;
  private FruitServer fruit;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    fruit = FruitServer.start(folder, sites.getFirst().port());
  }

  @AfterEach
  void stop() {
    http.close();
    fruit.close();
    sites.forEach(Site::close);
    assertThat(said.traces()).as("no input runs into our own code's failures").isEmpty();
    said.close();
  }

  private int port() {
    return fruit.server().adminAddress().getPort();
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode problem(HttpResponse<String> reply, int status) throws IOException {
    assertThat(reply.statusCode()).as("%s: %s", reply.request(), reply.body()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type"))
        .as("%s", reply.request())
        .contains("application/problem+json");
    JsonNode problem = JSON.readTree(reply.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").isTextual()).isTrue();
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
    return problem;
  }

  /** An operation with its path's names filled in by something that may be there. */
  private record Operation(String method, String path) {
    static Operation of(String described) {
      String[] parts = described.split(" ", 2);
      return new Operation(
          parts[0],
          parts[1]
              .replaceAll("\\{(service|name)}", FruitServer.NAME)
              .replace("{address}", "127.0.10.1")
              .replace("{site}", "home-lab")
              .replaceAll("\\{\\w+}", "x"));
    }
  }

  private Stream<Operation> operations() {
    return fruit.server().adminOperations().stream().map(Operation::of);
  }

  @Test
  void aMethodThatAPathHasNotIsRefusedWithThoseThatItHas() throws Exception {
    for (String path : operations().map(Operation::path).collect(Collectors.toSet())) {
      Set<String> has =
          operations()
              .filter(one -> one.path().equals(path))
              .map(Operation::method)
              .collect(Collectors.toSet());
      for (String method : METHODS) {
        if (!has.contains(method)) {
          HttpResponse<String> reply = send(method, path, "", "");
          String detail = problem(reply, 405).path("detail").asText();
          assertThat(reply.headers().firstValue("Allow").orElse("").split(", "))
              .as("%s %s", method, path)
              .containsAll(has);
          assertThat(detail).contains(method, "allowed: ");
        }
      }
      problem(send("PATCH", path, "application/json", "{}"), 405);
    }
  }

  @Test
  void aParameterThatNobodyKnowsIsRefusedWithThoseThatAreAllowed() throws Exception {
    for (Operation one : operations().toList()) {
      HttpResponse<String> reply = send(one.method(), one.path() + "?evil=1", "", "");
      if (!one.path().startsWith("/api/v1/push/")) { // there the token is looked at first
        assertThat(problem(reply, 400).path("detail").asText())
            .as("%s", one)
            .contains("\"evil\"", "allowed");
      }
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedEverywhereBeforeItIsRead() throws Exception {
    for (Operation one : operations().toList()) {
      assertThat(raw(one.method() + " " + one.path(), "Content-Length: 200000000\r\n", ""))
          .as("%s", one)
          .startsWith("HTTP/1.1 413 ")
          .contains("application/problem+json");
    }
  }

  /** Whoever says no length is cut off at the limit, not at the end of what he has. */
  @Test
  void aBodyWithoutEndIsCutOff() throws Exception {
    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(30_000);
      write(
          socket,
          "PUT "
              + MEMBER
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      long sent = 0;
      try {
        for (; sent < 200L << 20; sent += 0x10000) {
          write(socket, chunk);
          if (socket.getInputStream().available() > 0) {
            break;
          }
        }
        assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
      } catch (SocketException e) {
        // closed while we spoke: cut off all the same
      }
      assertThat(sent).as("octets that were taken").isLessThan(64L << 20);
    }
    assertThat(fruit.get("/readyz").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PUT  | MEMBER         | text/plain       | {"state": "drain"}                       | 415 | must be application/json, not text/plain
          PUT  | MEMBER         | ``               | {"state": "drain"}                       | 415 | must be application/json
          PUT  | MEMBER         | application/json | {"state": "drain"                        | 400 | line 1
          PUT  | MEMBER         | application/json | {"state": "drain"} {}                    | 400 | no JSON
          PUT  | MEMBER         | application/json | {"state": "drain", "state": "enable"}    | 400 | uplicate
          PUT  | MEMBER         | application/json | []                                       | 400 | must be a JSON object
          PUT  | MEMBER         | application/json | "drain"                                  | 400 | must be a JSON object
          PUT  | MEMBER         | application/json | null                                     | 400 | must be a JSON object
          PUT  | MEMBER         | application/json | {}                                       | 400 | "state" is missing
          PUT  | MEMBER         | application/json | {"state": 1}                             | 400 | allowed: disable, drain, enable
          PUT  | MEMBER         | application/json | {"state": ["drain"]}                     | 400 | allowed: disable, drain, enable
          PUT  | MEMBER         | application/json | {"state": "drian"}                       | 400 | did you mean "drain"
          PUT  | MEMBER         | application/json | {"state": "drain", "reasn": "x"}         | 400 | did you mean "reason"
          PUT  | MEMBER         | application/json | {"state": "drain", "reason": 7}          | 400 | one line
          PUT  | MEMBER         | application/json | {"state": "drain", "reason": "a\\nb"}     | 400 | one line
          PUT  | MEMBER         | application/json | {"state": "drain", "reason": "LONG"}     | 400 | at most 200
          PUT  | /api/v1/overrides/sites/home-lab | application/json | {"state": true}         | 400 | allowed: disable, drain, enable
          PUT  | /api/v1/overrides/sites/home     | application/json | {"state": "drain"}      | 404 | home-lab
          POST | /api/v1/reload | application/json | {"plan": true}                           | 400 | unknown key "plan"
          POST | /api/v1/reload | application/json | {"queries": []}                          | 400 | ?plan=true
          POST | /api/v1/reload | text/plain       | {"queries": []}                          | 415 | application/json
          POST | /api/v1/reload?plan=1    | application/json | {}                             | 400 | allowed: true, false
          POST | /api/v1/reload?plan=true | application/json | {"queries": "all"}             | 400 | "queries": [
          POST | /api/v1/reload?plan=true | application/json | {"queries": [7]}               | 400 | "queries": [
          POST | /api/v1/reload?plan=true | application/json | {"queries": ["what?"]}         | 400 | queries
          PUT  | /api/v1/pin    | application/json | {}                                       | 400 | "version": NUMBER
          PUT  | /api/v1/pin    | application/json | {"version": "1"}                         | 400 | "version": NUMBER
          PUT  | /api/v1/pin    | application/json | {"version": 1.5}                         | 400 | "version": NUMBER
          PUT  | /api/v1/pin    | application/json | {"version": 99999999999999999999}        | 400 | version
          PUT  | /api/v1/pin    | application/json | {"version": 4711}                        | 404 | 4711
          PUT  | /api/v1/pin    | application/json | {"version": 1, "reason": "a\\nb"}         | 400 | one line
          PUT  | /api/v1/pin    | application/json | {"version": 1, "why": "x"}               | 400 | unknown key "why"
          GET  | /api/v1/services?limit=many           | `` | ``                               | 400 | allowed: 1 to
          GET  | /api/v1/services?offset=-1            | `` | ``                               | 400 | allowed: 0 to
          GET  | /api/v1/services?state=upp            | `` | ``                               | 400 | allowed
          GET  | /api/v1/explain?name=fruit.gslb.guzware.net&down=nobody | `` | ``            | 400 | nobody
          GET  | /api/v1/where?service=fruit.gslb.guzware.net&type=APPLE | `` | ``            | 400 | APPLE
          GET  | /api/v1/diff?from=yesterday           | `` | ``                               | 400 | yesterday
          GET  | /api/v1/versions/first                | `` | ``                               | 400 | first
          """)
  void aWrongTypeOrWordIsRefusedInWords(
      String method, String path, String type, String body, int status, String words)
      throws Exception {
    HttpResponse<String> reply =
        send(method, path.replace("MEMBER", MEMBER), type, body.replace("LONG", "x".repeat(201)));

    assertThat(problem(reply, status).path("detail").asText()).contains(words);
    assertThat(fruit.server().published().model().overrides().isEmpty()).isTrue();
  }

  /** Neither the parser's stack nor its numbers are a way in. */
  @ParameterizedTest
  @ValueSource(strings = {"deep", "long number", "no UTF-8"})
  void jsonThatIsMeantToHurtIsRefused(String how) throws Exception {
    String body =
        switch (how) {
          case "deep" -> "{\"state\":" + "[".repeat(400_000);
          case "long number" -> "{\"state\": " + "9".repeat(900_000) + "}";
          default -> "{\"state\": \"\udcff\"}";
        };

    problem(send("PUT", MEMBER, "application/json", body), 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apple | 400",
        "GET /api/v1/services?search=LONG HTTP/1.1 | 414",
        "GET /livez HTTP/1.1\\r\\nHost: localhost\\r\\nX: LONG | 431",
        "GET /%00 HTTP/1.1\\r\\nHost: localhost | 404",
        "GET /livez HTTP/1.1 | 400",
      })
  void whatIsNoRequestIsRefused(String lines, int status) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(30_000);
      write(
          socket, lines.replace("\\r\\n", "\r\n").replace("LONG", "y".repeat(20_000)) + "\r\n\r\n");
      assertThat(head(socket.getInputStream())).contains(" " + status + " ", "problem+json");
    }
  }

  /**
   * A thousand consoles at once: a hundred get their stream, the others a word or a closed door,
   * and an operator still gets in while they stay.
   */
  @Test
  void aThousandStreamsLeaveRoomForAnOperator() throws Exception {
    var clients = new ArrayList<Socket>();
    try (var witness = new Witness(fruit.server(), 50, List.of(FruitServer.NAME), this::judge)) {
      int streams = 0;
      int told = 0;
      for (int i = 0; i < 1_000; i++) {
        var client = new Socket(InetAddress.getLoopbackAddress(), port());
        clients.add(client);
        client.setSoTimeout(30_000);
        try {
          write(client, "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
          String head = head(client.getInputStream());
          streams += head.startsWith("HTTP/1.1 200 ") ? 1 : 0;
          told += head.startsWith("HTTP/1.1 503 ") ? 1 : 0;
        } catch (SocketException e) {
          // the closed door
        }
      }
      assertThat(streams).isEqualTo(100);
      assertThat(told).as("whoever is told goes, and so everybody is told").isEqualTo(900);

      assertThat(send("PUT", MEMBER, "application/json", "{\"state\": \"drain\"}").statusCode())
          .isEqualTo(201);
      Witness.Report report = witness.report();
      assertThat(report.wrong()).isEmpty();
      assertThat(report.lost()).isZero();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private String judge(Message reply) {
    return reply.getRcode() == Rcode.NOERROR ? "" : "refused";
  }

  /** He takes nothing of what he asked for; others do not wait for him. */
  @Test
  void aReaderThatTakesNothingHoldsNobodyUp() throws Exception {
    var stuck = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 50; i++) {
        var client = new Socket();
        client.setReceiveBufferSize(1024);
        client.connect(fruit.server().adminAddress());
        stuck.add(client);
        write(client, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50));
      }
      for (int i = 0; i < 20; i++) {
        long from = System.nanoTime();
        assertThat(fruit.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
      }
    } finally {
      for (Socket client : stuck) {
        client.close();
      }
    }
  }

  @Test
  void refusalsOfChangesAreAudited() throws Exception {
    send("PUT", MEMBER, "application/json", "{\"state\": \"sleep\"}");

    assertThat(said.atLeast(Level.WARN))
        .anyMatch(line -> line.contains("refused with 400: PUT " + MEMBER));
  }

  private String raw(String request, String headers, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(30_000);
      write(socket, request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body);
      return head(socket.getInputStream());
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The head of a reply, in which the case of headers does not matter. */
  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        int octet = in.read();
        if (octet < 0) {
          throw new SocketException("closed: " + head);
        }
        head.append((char) octet);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no reply: " + head, e);
    }
    return head.toString();
  }
}
