package io.fairlead.health.probe;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP/1 response's body as it comes: where it ends, and what of it is framing (RFC 9112 6, 7).
 */
final class ResponseBody {
  /** The longest size that counts: seven digits of 16 are 256 MiB, more than is ever read. */
  private static final int MAX_SIZE_DIGITS = 7;

  private final boolean chunked;

  /** What is left of the body, or of the present chunk. */
  private long left;

  private boolean inChunk;
  private final StringBuilder size = new StringBuilder();
  private boolean ended;
  private boolean malformed;

  private ResponseBody(boolean chunked, long length) {
    this.chunked = chunked;
    this.left = length;
    this.ended = length == 0;
  }

  static ResponseBody chunked() {
    return new ResponseBody(true, ResponseHead.UNTIL_CLOSED);
  }

  /**
   * One whose length is known.
   *
   * @param length {@link ResponseHead#UNTIL_CLOSED} = it is not
   */
  static ResponseBody of(long length) {
    return new ResponseBody(false, length);
  }

  /** Whether all of it has come. */
  boolean ended() {
    return ended;
  }

  /** Whether its chunks are none; it ends there. */
  boolean malformed() {
    return malformed;
  }

  /** Takes all octets and adds those of the body. */
  void read(ByteBuf octets, StringBuilder body) {
    while (octets.isReadable() && !ended) {
      if (!chunked) {
        take(octets, left < 0 ? octets.readableBytes() : left, body);
        ended = left == 0;
      } else if (inChunk) {
        take(octets, left, body);
        inChunk = left > 0;
      } else {
        readSize(octets.readByte());
      }
    }
  }

  private void take(ByteBuf octets, long atMost, StringBuilder body) {
    int count = (int) Math.min(octets.readableBytes(), atMost);
    body.append(octets.readCharSequence(count, StandardCharsets.ISO_8859_1));
    left = left < 0 ? left : left - count;
  }

  /** A size in hexadecimal, extensions after a semicolon; before it the end of the last chunk. */
  private void readSize(byte octet) {
    if (octet != '\n') {
      size.append((char) (octet & 0xff));
      return;
    }
    String digits = size.toString().replaceFirst(";.*", "").strip();
    size.setLength(0);
    if (digits.isEmpty()) {
      return;
    }
    malformed = digits.length() > MAX_SIZE_DIGITS || !digits.matches("[0-9A-Fa-f]+");
    left = malformed ? 0 : Integer.parseInt(digits, 16);
    inChunk = left > 0;
    ended = left == 0;
  }
}
