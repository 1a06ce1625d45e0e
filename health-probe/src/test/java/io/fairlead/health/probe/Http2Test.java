package io.fairlead.health.probe;

import static io.fairlead.health.probe.Http2Frames.DATA;
import static io.fairlead.health.probe.Http2Frames.END_HEADERS;
import static io.fairlead.health.probe.Http2Frames.END_STREAM;
import static io.fairlead.health.probe.Http2Frames.GOAWAY;
import static io.fairlead.health.probe.Http2Frames.HEADERS;
import static io.fairlead.health.probe.Http2Frames.RST_STREAM;
import static io.fairlead.health.probe.Http2Frames.SETTINGS;
import static io.fairlead.health.probe.Http2Frames.STREAM;
import static io.fairlead.health.probe.Http2Frames.frame;
import static io.fairlead.health.probe.Http2Frames.literal;
import static io.fairlead.health.probe.Http2Frames.readRequest;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Trust;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTPS checks that offer HTTP/2, of a JDK server whose frames are written by hand. */
class Http2Test {
  @TempDir static Path directory;
  private static TlsPeers peers;

  @BeforeAll
  static void certificates() throws Exception {
    peers = new TlsPeers(directory);
    peers.make("good", "-startdate", "-1d", "-validity", "30");
  }

  @ParameterizedTest(name = "{0} with \"{1}\": {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | all is ready | UP   | HTTP/2 status 200, body with "ready" in \\d+ ms
          204 |              | DOWN | HTTP/2 status 204, but no "ready" in its body
          200 | going up     | DOWN | HTTP/2 status 200, but no "ready" in its body
          404 | ready        | DOWN | HTTP/2 status 404, expected 200-399
          503 | ready        | DOWN | in maintenance: HTTP/2 status 503
          abc | ready        | DOWN | not HTTP/2: an answer without a status
          """)
  void statusAndBodyAreJudgedAsThoseOfHttp1(
      String status, @Nullable String body, Verdict verdict, String reason) throws Exception {
    try (var peer = h2(out -> answer(out, status, body == null ? "" : body))) {
      TargetStatus found = probe(peer, Expected.text("ready"));

      assertThat(found.reason()).matches(reason);
      assertThat(found.verdict()).isEqualTo(verdict);
    }
  }

  @Test
  void theHeadIsEnoughWhereNothingIsExpectedOfTheBody() throws Exception {
    try (var peer = h2(out -> head(out, "200", END_HEADERS))) {
      assertThat(probe(peer, null).reason()).matches("HTTP/2 status 200 in \\d+ ms");
    }
  }

  @Test
  void anInterimResponseIsNotTheAnswer() throws Exception {
    try (var peer =
        h2(
            out -> {
              head(out, "103", END_HEADERS);
              head(out, "500", END_HEADERS | END_STREAM);
            })) {
      assertThat(probe(peer, null).reason()).isEqualTo("HTTP/2 status 500, expected 200-399");
    }
  }

  @Test
  void theRequestHasItsHeadersAndNoneOfAConnection() throws Exception {
    var asked = new CompletableFuture<String>();
    try (var peer =
        peers.peer(
            "good",
            connection -> {
              agreeOn(connection, "h2");
              asked.complete(new String(readRequest(connection.getInputStream()), US_ASCII));
            })) {
      assertThat(probe(peer, null).reason()).isEqualTo("closed before an answer");
      // Short values may be packed (RFC 7541 section 5.2); that the path came is enough here.
      assertThat(asked.join()).doesNotContain("keep-alive");
    }
  }

  @Test
  void aMemberThatHasOnlyHttp1IsAskedByThat() throws Exception {
    try (var peer =
        peers.peer(
            "good",
            connection -> {
              agreeOn(connection, "http/1.1");
              Peer.answers("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready").serve(connection);
            })) {
      assertThat(probe(peer, Expected.text("ready")).reason())
          .matches("status 200, body with \"ready\" in \\d+ ms");
    }
  }

  @Test
  void oneThatKnowsNoAlpnAsWell() throws Exception {
    try (var peer = peers.peer("good", Peer.answers("HTTP/1.1 200 OK\r\n\r\n")::serve)) {
      assertThat(probe(peer, null).reason()).matches("status 200 in \\d+ ms");
    }
  }

  @Test
  void aResetAndAFarewellSayWhy() throws Exception {
    try (var peer = h2(out -> frame(out, RST_STREAM, 0, STREAM, new byte[] {0, 0, 0, 7}))) {
      assertThat(probe(peer, null).reason()).isEqualTo("it reset the request, HTTP/2 error 7");
    }
    try (var peer = h2(out -> frame(out, GOAWAY, 0, 0, new byte[] {0, 0, 0, 0, 0, 0, 0, 11}))) {
      assertThat(probe(peer, null).reason()).isEqualTo("it reset the request, HTTP/2 error 11");
    }
  }

  @Test
  void garbageAfterTheAgreement() throws Exception {
    try (var peer = h2(out -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)))) {
      assertThat(probe(peer, null).reason()).startsWith("not HTTP/2: ");
    }
  }

  @Test
  void silence() throws Exception {
    try (var peer = h2(out -> {})) {
      assertThat(
              OneProbe.of("127.0.0.1", peer.port(), check(null), Duration.ofMillis(900)).reason())
          .matches("no answer within 900 ms \\(connected in \\d+ ms, \\d+ octets came\\)");
    }
  }

  @Test
  void aHugeBodyIsReadAsFarAsItIsAskedAbout() throws Exception {
    var sent = new CompletableFuture<Integer>();
    try (var peer =
        h2(
            out -> {
              head(out, "200", END_HEADERS);
              byte[] block = new byte[16_000];
              int octets = 0;
              try {
                for (; octets < 1 << 30; octets += block.length) {
                  frame(out, DATA, 0, STREAM, block);
                }
              } finally {
                sent.complete(octets);
              }
            })) {
      assertThat(probe(peer, Expected.text("ready")).reason())
          .startsWith("HTTP/2 status 200, but no \"ready\" in its body's first 2048 octets");
      assertThat(sent.join()).isLessThan(64 << 20);
    }
  }

  /** What a peer says once it was asked. */
  @FunctionalInterface
  private interface Answer {
    void say(OutputStream out) throws IOException;
  }

  private static Peer h2(Answer answer) throws Exception {
    return peers.peer(
        "good",
        connection -> {
          agreeOn(connection, "h2");
          readRequest(connection.getInputStream());
          OutputStream out = connection.getOutputStream();
          frame(out, SETTINGS, 0, 0, new byte[0]);
          answer.say(out);
          connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  private static void agreeOn(SSLSocket connection, String protocol) {
    connection.setHandshakeApplicationProtocolSelector(
        (_, offered) -> offered.contains(protocol) ? protocol : null);
  }

  private static void answer(OutputStream out, String status, String body) throws IOException {
    if (body.isEmpty()) {
      head(out, status, END_HEADERS | END_STREAM);
    } else {
      head(out, status, END_HEADERS);
      frame(out, DATA, END_STREAM, STREAM, body.getBytes(US_ASCII));
    }
  }

  private static void head(OutputStream out, String status, int flags) throws IOException {
    var block = new ByteArrayOutputStream();
    literal(block, ":status", status);
    frame(out, HEADERS, flags, STREAM, block.toByteArray());
  }

  private static TargetStatus probe(Peer peer, @Nullable Expected body) {
    return OneProbe.of(peer.port(), check(body));
  }

  private static Check check(@Nullable Expected body) {
    var options =
        new HttpOptions(
            Map.of("Connection", "keep-alive", "Accept", "text/plain"),
            "",
            body,
            List.of(new StatusRange(503, 503)),
            null,
            new Tls(TlsPeers.NAME, new Trust.Anyone()),
            true);
    return new Check.Http(
        "GET", TlsPeers.NAME, "/health", List.of(new StatusRange(200, 399)), options);
  }
}
