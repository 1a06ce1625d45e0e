package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.schedule.Wait;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One check of a real peer over a real socket, and its reason in plain words. */
class SocketProbeTest {
  /** Where silence is the point. */
  private static final Duration BRIEF = Duration.ofMillis(400);

  private static final Check.Http HTTP =
      new Check.Http("GET", "shop.example", "/health", List.of(new StatusRange(200, 399)));
  private static final Check.Tcp TCP = new Check.Tcp();

  @Test
  void asksAsItWasTold() throws Exception {
    var asked = new CompletableFuture<String>();
    try (var peer =
        new Peer(
            connection -> {
              asked.complete(Peer.readHead(connection.getInputStream()));
              connection
                  .getOutputStream()
                  .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1));
            })) {
      var check =
          new Check.Http("HEAD", "shop.example:81", "/a?b=c", List.of(new StatusRange(204, 204)));

      assertThat(probe(peer, check).reason()).matches("status 204 in \\d+ ms");
      assertThat(asked.get().toLowerCase(java.util.Locale.ROOT).split("\r\n"))
          .containsExactlyInAnyOrder(
              "head /a?b=c http/1.1",
              "host: shop.example:81",
              "user-agent: fairlead/test",
              "connection: close");
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "HTTP/1.1 200 OK,                 UP,   status 200",
    "HTTP/1.0 204 No Content,         UP,   status 204",
    "HTTP/1.1 399 Odd,                UP,   status 399",
    "HTTP/1.1 200,                    UP,   status 200",
    "HTTP/1.1 400 Bad,                DOWN, 'status 400, expected 200-399'",
    "HTTP/1.1 503 Service Unavailable, DOWN, 'status 503, expected 200-399'",
    "HTTP/1.1 101 Switching Protocols, DOWN, 'status 101, expected 200-399'",
  })
  void theVerdictFallsWithTheStatus(String statusLine, Verdict verdict, String reason) {
    try (var peer = new Peer(Peer.answers(statusLine + "\r\nContent-Length: 0\r\n\r\n"))) {
      TargetStatus status = probe(peer, HTTP);

      assertThat(status.verdict()).isEqualTo(verdict);
      assertThat(status.reason()).startsWith(reason);
    }
  }

  @Test
  void interimResponsesAreNotTheAnswer() {
    try (var peer =
        new Peer(
            Peer.answers(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 500 No\r\n\r\n"))) {
      assertThat(probe(peer, HTTP).reason()).isEqualTo("status 500, expected 200-399");
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    var elsewhere = new CompletableFuture<Socket>();
    try (var other = new Peer(elsewhere::complete);
        var peer =
            new Peer(
                Peer.answers(
                    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\n\r\n"
                        .formatted(other.port())))) {
      assertThat(probe(peer, HTTP).reason()).startsWith("status 302");
      assertThat(elsewhere).isNotDone();
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (var once = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = once.getLocalPort();
    }
    for (Check check : List.of(HTTP, TCP)) {
      assertThat(OneProbe.of("127.0.0.1", port, check, OneProbe.PATIENT).reason())
          .isEqualTo("refused by 127.0.0.1:" + port);
    }
  }

  @Test
  void aConnectionThatOpensIsEnoughForTcp() {
    try (var peer = new Peer(Socket::close)) {
      assertThat(probe(peer, TCP).reason()).matches("connected in \\d+ ms");
    }
  }

  @Test
  void ipv6AsWell() {
    int port;
    try (var peer = new Peer("::1", 0, Peer.answers("HTTP/1.1 200 OK\r\n\r\n"))) {
      port = peer.port();
      assertThat(OneProbe.of("::1", port, HTTP, OneProbe.PATIENT).reason())
          .startsWith("status 200");
    }
    assertThat(OneProbe.of("::1", port, HTTP, OneProbe.PATIENT).reason())
        .isEqualTo("refused by [0:0:0:0:0:0:0:1]:" + port);
  }

  /** The listener's queue is full, so the kernel drops the connection's first segment. */
  @Test
  void nothingComesBackAtAll() throws IOException {
    try (var deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var queued = new ArrayList<Socket>();
      try {
        for (int i = 0; i < 2; i++) {
          queued.add(new Socket(deaf.getInetAddress(), deaf.getLocalPort()));
        }
        assertThat(OneProbe.of("127.0.0.1", deaf.getLocalPort(), TCP, BRIEF).reason())
            .isEqualTo("no answer within 400 ms (not connected)");
      } finally {
        for (Socket socket : queued) {
          socket.close();
        }
      }
    }
  }

  @Test
  void acceptsAndNeverAnswers() {
    try (var peer =
        new Peer(
            connection ->
                connection.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
      assertThat(OneProbe.of("127.0.0.1", peer.port(), HTTP, BRIEF).reason())
          .matches("no answer within 400 ms \\(connected in \\d+ ms\\)");
      Wait.until("its connection is let go of", () -> peer.open() == 0);
    }
  }

  @Test
  void oneOctetAtATimeDoesNotStretchTheTimeout() {
    var forever = new CountDownLatch(1);
    try (var peer =
        new Peer(
            connection -> {
              for (byte octet : "HTTP/1.1 200 OK".getBytes(ISO_8859_1)) {
                connection.getOutputStream().write(octet);
                boolean _ = forever.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
              }
            })) {
      long began = System.nanoTime();
      String reason = OneProbe.of("127.0.0.1", peer.port(), HTTP, BRIEF).reason();
      assertThat(reason)
          .matches("no answer within 400 ms \\(connected in \\d+ ms, \\d+ octets came\\)");
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(BRIEF, BRIEF.multipliedBy(8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',                            a status line",
    "HTTP/1.1 20,                   the end of its headers",
    "'HTTP/1.1 200 OK\r\nServer: x', the end of its headers",
  })
  void closesBeforeItHasSaidEnough(String begun, String missing) {
    try (var peer = new Peer(Peer.answers(begun))) {
      assertThat(probe(peer, HTTP).reason()).isEqualTo("closed before " + missing);
    }
  }

  @Test
  void resets() {
    try (var peer =
        new Peer(
            connection -> {
              String _ = Peer.readHead(connection.getInputStream());
              connection.setSoLinger(true, 0);
            })) {
      assertThat(probe(peer, HTTP).reason()).isEqualTo("reset by 127.0.0.1:" + peer.port());
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "'SSH-2.0-OpenSSH_9.6\r\n', 'not HTTP: .*SSH-2.0.*'",
    "'HTTP/1.1 many\r\n\r\n', 'not HTTP: .*'",
    "'220 mail ESMTP\r\n', 'not HTTP: .*'",
    "'\u0015\u0003\u0001\u0000\u0002\u0002P\r\n', 'not HTTP: .*'",
  })
  void garbage(String said, String reason) {
    try (var peer = new Peer(Peer.answers(said))) {
      assertThat(probe(peer, HTTP).reason()).matches(reason);
    }
  }

  @Test
  void endlessHeaders() {
    try (var peer = new Peer(floods("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"))) {
      assertThat(probe(peer, HTTP).reason()).isEqualTo("headers of over 16384 octets");
    }
  }

  @Test
  void endlessStatusLine() {
    try (var peer = new Peer(floods("HTTP/1.1 200 ", "very "))) {
      assertThat(probe(peer, HTTP).reason())
          .isEqualTo("not HTTP: a status line of over 4096 octets");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
  void endlessPreliminaries(String repeated) {
    try (var peer = new Peer(floods("", repeated))) {
      assertThat(probe(peer, HTTP).reason()).matches("no answer in its first \\d+ octets");
    }
  }

  /** It never gets rid of more than the socket buffers hold: the head was enough. */
  @Test
  void aHugeBodyIsNotRead() {
    var sent = new CompletableFuture<Long>();
    byte[] block = new byte[64 * 1024];
    try (var peer =
        new Peer(
            connection -> {
              String _ = Peer.readHead(connection.getInputStream());
              OutputStream out = connection.getOutputStream();
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".getBytes(ISO_8859_1));
              long octets = 0;
              try {
                for (; octets < 1L << 30; octets += block.length) {
                  out.write(block);
                }
              } finally {
                sent.complete(octets);
              }
            })) {
      assertThat(probe(peer, HTTP).verdict()).isEqualTo(Verdict.UP);
      assertThat(sent.join()).isLessThan(64L << 20);
    }
  }

  private static Peer.Script floods(String first, String forEver) {
    return connection -> {
      String _ = Peer.readHead(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      out.write(first.getBytes(ISO_8859_1));
      byte[] block = forEver.repeat(1 + 4096 / forEver.length()).getBytes(ISO_8859_1);
      while (true) {
        out.write(block);
      }
    };
  }

  private static TargetStatus probe(Peer peer, Check check) {
    return OneProbe.of("127.0.0.1", peer.port(), check, OneProbe.PATIENT);
  }
}
