package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** HTTP/2's frames by hand (RFC 9113), for peers that answer, or not quite. */
final class Http2Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** Netty keeps 1 for an upgrade from HTTP/1. */
  static final int STREAM = 3;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private Http2Frames() {}

  /** Reads to the end of a request; returns its last frame's payload: its body, or its headers. */
  static byte[] readRequest(InputStream in) throws IOException {
    assertThat(new String(in.readNBytes(PREFACE.length()), US_ASCII)).isEqualTo(PREFACE);
    while (true) {
      byte[] head = in.readNBytes(9);
      int length = ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
      byte[] payload = in.readNBytes(length);
      boolean ofTheStream = head[3] == DATA || head[3] == HEADERS;
      if (ofTheStream && (head[4] & END_STREAM) != 0) {
        return payload;
      }
    }
  }

  /** A header that is literal and not indexed (RFC 7541 section 6.2.2). */
  static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(US_ASCII));
    block.write(value.length());
    block.writeBytes(value.getBytes(US_ASCII));
  }

  static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
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
