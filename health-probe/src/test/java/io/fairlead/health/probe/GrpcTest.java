package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.spec.Check;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gRPC's health service, by a peer whose HTTP/2 frames are written by hand (RFC 9113). */
class GrpcTest {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /** Netty keeps 1 for an upgrade from HTTP/1. */
  private static final int STREAM = 3;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

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
              readCall(connection.getInputStream());
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
    try (var peer = new Peer(connection -> asked.complete(readCall(connection.getInputStream())))) {
      assertThat(OneProbe.of(peer.port(), SHOP).reason()).startsWith("closed before");
      assertThat(new String(asked.join(), US_ASCII)).isEqualTo("\0\0\0\0\16\n\14shop.v1.Cart");
    }
  }

  @Test
  void aPeerThatSpeaksSomethingElse() {
    try (var peer =
        new Peer(
            connection -> {
              byte[] _ = readCall(connection.getInputStream());
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
              readCall(connection.getInputStream());
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

  /** Reads to the end of the call's message, and returns that. */
  private static byte[] readCall(InputStream in) throws IOException {
    assertThat(new String(in.readNBytes(PREFACE.length()), US_ASCII)).isEqualTo(PREFACE);
    while (true) {
      byte[] head = in.readNBytes(9);
      int length = ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
      byte[] payload = in.readNBytes(length);
      if (head[3] == DATA) {
        return payload;
      }
    }
  }

  /** grpc-status and grpc-message, literal and not indexed (RFC 7541 section 6.2.2). */
  private static byte[] trailers(int status) {
    var block = new ByteArrayOutputStream();
    literal(block, "grpc-status", Integer.toString(status));
    if (status != 0) {
      literal(block, "grpc-message", "not here");
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(US_ASCII));
    block.write(value.length());
    block.writeBytes(value.getBytes(US_ASCII));
  }

  private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    byte[] head = {
      (byte) (payload.length >> 16),
      (byte) (payload.length >> 8),
      (byte) payload.length,
      (byte) type,
      (byte) flags,
      0,
      0,
      0,
      (byte) stream
    };
    out.write(head);
    out.write(payload);
    out.flush();
  }
}
