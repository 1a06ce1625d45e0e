package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.dns.count.Outcome;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API as it comes over the wire: paths, codes, shapes, and whom it refuses. */
final class AdminApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The text format of Prometheus, version 0.0.4: a name, labels, a number. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_]\\w*=\"([^\"\\\\]|\\\\.)*\",?)*})? "
              + "(NaN|[+-]Inf|[-+]?[0-9.]+([eE][-+]?[0-9]+)?)");

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;
  private FruitServer fruit;

  @BeforeEach
  void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    fruit = FruitServer.start(folder, sites.getFirst().port());
  }

  @AfterEach
  void stop() {
    fruit.close();
    sites.forEach(Site::close);
    assertThat(said.traces()).isEmpty();
    said.close();
  }

  /** A reply as it came: its code, its headers in lower case, its body. */
  private record Reply(int status, String headers, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    boolean isProblem() throws IOException {
      return headers.contains("content-type: application/problem+json")
          && json().path("status").asInt() == status
          && !json().path("title").asText().isEmpty()
          && !json().path("detail").asText().isEmpty();
    }
  }

  /** Sends these lines, with "Host" as a browser would write it unless they have one. */
  private Reply send(String request, String... headers) throws IOException {
    int port = fruit.server().adminAddress().getPort();
    String all = String.join("\r\n", headers);
    String host =
        all.startsWith("Host:") || all.contains("\nHost:")
            ? ""
            : "Host: 127.0.0.1:" + port + "\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String text =
          request
              + " HTTP/1.1\r\n"
              + host
              + (all.isEmpty() ? "" : all + "\r\n")
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      var in = new DataInputStream(socket.getInputStream());
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      String lower = head.toString().toLowerCase(Locale.ROOT);
      Matcher length = Pattern.compile("content-length: (\\d+)").matcher(lower);
      assertThat(length.find()).as(lower).isTrue();
      byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
      return new Reply(
          Integer.parseInt(head.substring(9, 12)), lower, new String(body, StandardCharsets.UTF_8));
    }
  }

  private Reply get(String path, String... headers) throws IOException {
    return send("GET " + path, headers);
  }

  @Test
  void itLivesAndIsReady() throws IOException {
    assertThat(get("/livez").status()).isEqualTo(200);
    Reply ready = get("/readyz");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("ready").asBoolean()).isTrue();
    assertThat(ready.json().path("generation").asLong()).isPositive();
    assertThat(ready.json().path("details").isArray()).isTrue();
  }

  @Test
  void servicesTellConfigurationVerdictsAndShare() throws IOException {
    fruit.ask().share(FruitServer.NAME, 20);

    JsonNode all = get("/api/v1/services").json();
    assertThat(all.path("services")).hasSize(1);
    JsonNode one = get("/api/v1/services/" + FruitServer.NAME).json();

    assertThat(one.path("name")).isEqualTo(all.at("/services/0/name"));
    assertThat(get("/api/v1/services/FRUIT.gslb.Guzware.net.").json().path("name"))
        .isEqualTo(one.path("name"));
    assertThat(one.path("state").asText()).isEqualTo("up");
    assertThat(one.path("handedOut").asLong()).isEqualTo(20);
    assertThat(one.path("perSecond").asDouble()).isPositive();
    assertThat(one.path("ttl").asInt()).isEqualTo(2);
    assertThat(one.path("downResponse").asText()).isEqualTo("all-records");
    JsonNode pool = one.at("/pools/0");
    assertThat(pool.path("algorithm").asText()).isEqualTo("round-robin");
    assertThat(pool.path("priority").asInt()).isEqualTo(10);
    for (JsonNode member : pool.path("members")) {
      assertThat(member.path("state").asText()).isEqualTo("up");
      assertThat(member.path("handedOut").asLong()).isEqualTo(10);
      assertThat(member.path("share").asDouble()).isEqualTo(0.5);
      assertThat(member.path("shareLately").asDouble()).isEqualTo(0.5);
      assertThat(member.at("/checks/0/probes/0/passed").asBoolean()).isTrue();
      assertThat(member.at("/checks/0/probes/0/millis").asDouble()).isPositive();
      assertThat(member.at("/checks/0/verdict").asText()).isEqualTo("up");
      assertThat(member.at("/checks/0/since").asText()).startsWith("20");
    }
  }

  @Test
  void metricsAreWellFormedAndCountEachQueryOnce() throws IOException {
    fruit.ask().share(FruitServer.NAME, 20);
    fruit.ask().udp("nope.gslb.guzware.net", 1);
    System.gc(); // what is looked at must be held

    Reply metrics = get("/metrics");

    assertThat(metrics.headers()).contains("content-type: text/plain; version=0.0.4");
    List<String> samples = metrics.body().lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(samples).isNotEmpty().allMatch(SAMPLE.asMatchPredicate());
    for (Outcome outcome : Outcome.values()) {
      assertThat(samples)
          .filteredOn(line -> line.startsWith("fairlead_queries_total{outcome=\"" + outcome.id()))
          .hasSize(1);
    }
    assertThat(samples)
        .contains(
            "fairlead_queries_total{outcome=\"answer\",rcode=\"NOERROR\",transport=\"udp\",type=\"A\"}"
                + " 20.0",
            "fairlead_queries_total{outcome=\"nx_domain\",rcode=\"NXDOMAIN\",transport=\"udp\",type=\"A\"}"
                + " 1.0",
            "fairlead_ready 1.0",
            "fairlead_config_refused 0.0",
            "fairlead_members{state=\"up\"} 2.0",
            "fairlead_targets{verdict=\"up\"} 2.0")
        .noneMatch(line -> line.startsWith("fairlead") && line.endsWith("NaN"));
  }

  @Test
  void explainTellsTheAnswerAndItsSteps() throws IOException {
    JsonNode told = get("/api/v1/explain?name=" + FruitServer.NAME + "&client=10.0.0.0/24").json();

    assertThat(told.path("rcode").asText()).isEqualTo("NOERROR");
    assertThat(told.path("answer")).hasSize(1);
    assertThat(told.path("ttl").asInt()).isEqualTo(2);
    assertThat(told.has("scope")).isTrue();
    assertThat(told.path("served").asBoolean()).isTrue();
    assertThat(told.path("steps")).isNotEmpty().allMatch(step -> step.hasNonNull("text"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /nowhere                                  | 404 | /nowhere
          GET /api/v1/services/nope.gslb.guzware.net    | 404 | nope.gslb.guzware.net
          GET /api/v1/services/a..b                     | 400 | a..b
          GET /api/v1/services/%zz                      | 400 | zz
          GET /api/v1/explain                           | 400 | name
          GET /api/v1/explain?name=a&type=APPLE         | 400 | APPLE
          GET /api/v1/explain?name=a&client=nobody      | 400 | ADDRESS/LENGTH
          GET /api/v1/explain?name=a&client=10.0.0.0/33 | 400 | 0 to 32
          POST /livez                                   | 405 | POST
          GET /api/v1/reload                            | 405 | GET
          DELETE /api/v1/services                       | 405 | DELETE
          """)
  void whatCannotBeDoneIsAProblemInWords(String request, int status, String words)
      throws IOException {
    Reply reply = send(request);

    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.isProblem()).as(reply.headers() + reply.body()).isTrue();
    assertThat(reply.json().path("detail").asText()).contains(words);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws IOException {
    Reply reply = send("POST /api/v1/reload", "Content-Length: 2000000");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.isProblem()).isTrue();
  }

  @Test
  void reloadAppliesOrTellsTheProblems() throws IOException {
    Reply fine = send("POST /api/v1/reload", "Content-Length: 0");
    assertThat(fine.status()).isEqualTo(200);
    assertThat(fine.json().path("valid").asBoolean()).isTrue();
    fruit.offer("version: 1\nzoness: []\n");

    Reply refused = send("POST /api/v1/reload", "Content-Length: 0");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("valid").asBoolean(true)).isFalse();
    assertThat(refused.json().at("/problems/0/line").isInt()).isTrue();
    assertThat(get("/readyz").json().path("details").toString()).contains("refused");
    assertThat(get("/readyz").status()).isEqualTo(200);
    assertThat(get("/api/v1/services").json().path("problems")).isNotEmpty();
  }

  /** A name that an attacker owns can be made to lead to our address (DNS rebinding). */
  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "localhost.evil.example", "abc.de", "bad.cafe:80", "1.2.3.4.ee"})
  void aForeignHostIsRefused(String host) throws IOException {
    Reply reply = get("/api/v1/services", "Host: " + host);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.isProblem()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8053", "127.0.0.1", "[::1]:8053", "192.0.2.7:80"})
  void anAddressIsAHost(String host) throws IOException {
    assertThat(get("/livez", "Host: " + host).status()).isEqualTo(200);
  }

  @Test
  void anotherSitesPageChangesNothing() throws IOException {
    int port = fruit.server().adminAddress().getPort();
    String nothing = "Content-Length: 0";
    assertThat(send("POST /api/v1/reload", nothing, "Origin: http://evil.example").status())
        .isEqualTo(403);
    assertThat(send("POST /api/v1/reload", nothing, "Origin: null").status()).isEqualTo(403);
    assertThat(send("POST /api/v1/reload", nothing, "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
    assertThat(send("POST /api/v1/reload", nothing, "Origin: http://127.0.0.1:" + port).status())
        .isEqualTo(200);
    assertThat(get("/livez", "Origin: http://evil.example").headers())
        .as("and reads nothing either")
        .doesNotContain("access-control-allow-origin");
  }
}
