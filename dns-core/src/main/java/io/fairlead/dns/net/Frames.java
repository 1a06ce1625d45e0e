package io.fairlead.dns.net;

import io.netty.buffer.ByteBuf;

/** The framing of RFC 7766 section 8: two octets of length, then the message. */
final class Frames {
  static final int LENGTH_OCTETS = 2;

  /** A message without a whole header is garbage (RFC 1035 section 4.1.1). */
  static final int MIN_MESSAGE = 12;

  private Frames() {}

  /** Whether a whole message stands next, or a length that no message has. */
  static boolean hasNext(ByteBuf in) {
    if (in.readableBytes() < LENGTH_OCTETS) {
      return false;
    }
    int length = in.getUnsignedShort(in.readerIndex());
    return length < MIN_MESSAGE || in.readableBytes() >= LENGTH_OCTETS + length;
  }
}
