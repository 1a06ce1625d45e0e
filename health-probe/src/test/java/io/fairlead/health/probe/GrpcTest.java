package io.fairlead.health.probe;

import static io.fairlead.health.probe.Http2Frames.DATA;
import static io.fairlead.health.probe.Http2Frames.END_HEADERS;
import static io.fairlead.health.probe.Http2Frames.END_STREAM;
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
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gRPC's health service, by a peer whose HTTP/2 frames are written by hand (RFC 9113). */
class GrpcTest {
  private static final Check SHOP = new Check.Grpc("shop.v1.Cart", "app.example", null);

  /** The message in hexadecimal: 00 = not compressed, four octets of length, field 1. */
  @ParameterizedTest
  @CsvSource({
    "00000000020801, 0, UP,   it says SERVING in \\d+ ms",
    "00000000020802, 0, DOWN, it says NOT_SERVING",
    "0000000000,     0, DOWN, it says UNKNOWN",
    "00000000020803, 0, DOWN, it says status 3",
    "01000000020801, 0, DOWN, malformed: no whole message that is not compressed",
    "000000ffff0801, 0, DOWN, malformed: no whole message that is not compressed",
    "00000000021001, 0, DOWN, malformed: no HealthCheckResponse",
    "'',             0, DOWN, malformed: no whole message that is not compressed",
    "'',             5, DOWN, 'no service of the name \"shop.v1.Cart\" is known: not here'",
    "'',            12, DOWN, 'it has no grpc.health.v1.Health: not here'",
    "'',             7, DOWN, 'gRPC status 7: not here'",
  })
  void itsAnswerIsJudged(String message, int status, Verdict verdict, String reason) {
    try (var peer =
        new Peer(
            connection -> {
              readRequest(connection.getInputStream());
              OutputStream out = connection.getOutputStream();
              frame(out, SETTINGS, 0, 0, new byte[0]);
              frame(out, HEADERS, END_HEADERS, STREAM, new byte[] {(byte) 0x88}); // :status 200
              if (!message.isEmpty()) {
                frame(out, DATA, 0, STREAM, HexFormat.of().parseHex(message));
              }
              frame(out, HEADERS, END_HEADERS | END_STREAM, STREAM, trailers(status));
              connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            })) {
      TargetStatus found = OneProbe.of(peer.port(), SHOP);
      assertThat(found.reason()).matches(reason);
      assertThat(found.verdict()).isEqualTo(verdict);
    }
  }

  @Test
  void itAsksForTheServiceOfThatName() {
    var asked = new CompletableFuture<byte[]>();
    try (var peer =
        new Peer(connection -> asked.complete(readRequest(connection.getInputStream())))) {
      assertThat(OneProbe.of(peer.port(), SHOP).reason()).startsWith("closed before");
      assertThat(new String(asked.join(), US_ASCII)).isEqualTo("\0\0\0\0\16\n\14shop.v1.Cart");
    }
  }

  @Test
  void aPeerThatSpeaksSomethingElse() {
    try (var peer =
        new Peer(
            connection -> {
              byte[] _ = readRequest(connection.getInputStream());
              connection
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            })) {
      TargetStatus found = OneProbe.of(peer.port(), SHOP);
      assertThat(found.verdict()).isEqualTo(Verdict.DOWN);
      assertThat(found.reason()).startsWith("not HTTP/2: ");
    }
  }

  @Test
  void aCallThatIsReset() {
    try (var peer =
        new Peer(
            connection -> {
              readRequest(connection.getInputStream());
              OutputStream out = connection.getOutputStream();
              frame(out, SETTINGS, 0, 0, new byte[0]);
              frame(out, RST_STREAM, 0, STREAM, new byte[] {0, 0, 0, 7});
              connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            })) {
      assertThat(OneProbe.of(peer.port(), SHOP).reason())
          .isEqualTo("it reset the call, HTTP/2 error 7");
    }
  }

  @Test
  void silence() {
    try (var peer =
        new Peer(
            connection ->
                connection.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
      assertThat(OneProbe.of("127.0.0.1", peer.port(), SHOP, Duration.ofMillis(300)).reason())
          .matches("no answer within 300 ms \\(connected in \\d+ ms\\)");
    }
  }

  /** grpc-status and grpc-message. */
  private static byte[] trailers(int status) {
    var block = new ByteArrayOutputStream();
    literal(block, "grpc-status", Integer.toString(status));
    if (status != 0) {
      literal(block, "grpc-message", "not here");
    }
    return block.toByteArray();
  }
}
