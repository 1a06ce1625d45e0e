package io.fairlead.server.tap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frame Streams, as the fstrm library has them: each data frame behind its length in four octets;
 * control frames behind a length of zero, their own length, type, and fields.
 */
final class Frames {
  static final int ACCEPT = 1;
  static final int START = 2;
  static final int STOP = 3;
  static final int READY = 4;
  static final int FINISH = 5;

  private static final int CONTENT_TYPE = 1;
  private static final byte[] DNSTAP = "protobuf:dnstap.Dnstap".getBytes(StandardCharsets.US_ASCII);

  private Frames() {}

  static ByteBuffer data(byte[] payload) {
    return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).flip();
  }

  /** READY and START say what the content is. */
  static ByteBuffer ofContent(int type) {
    int length = 4 + 4 + 4 + DNSTAP.length;
    return ByteBuffer.allocate(8 + length)
        .putInt(0)
        .putInt(length)
        .putInt(type)
        .putInt(CONTENT_TYPE)
        .putInt(DNSTAP.length)
        .put(DNSTAP)
        .flip();
  }

  static ByteBuffer stop() {
    return ByteBuffer.allocate(12).putInt(0).putInt(4).putInt(STOP).flip();
  }
}
