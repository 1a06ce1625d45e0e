package io.fairlead.dns.net;

import io.fairlead.dns.wire.RrType;
import io.netty.buffer.ByteBuf;

/** The framing of RFC 7766 section 8: two octets of length, then the message. */
final class Frames {
  static final int LENGTH_OCTETS = 2;

  /** A message without a whole header is garbage (RFC 1035 section 4.1.1). */
  static final int MIN_MESSAGE = 12;

  private static final int FLAGS = 2;
  private static final int QUESTIONS = 4;

  /** QR and OPCODE. */
  private static final int NOT_A_QUERY = 0xf800;

  private Frames() {}

  /** Whether a query asks for a whole zone (RFC 5936, RFC 1995): that is no matter of one reply. */
  static boolean asksForZone(ByteBuf in, int at, int length) {
    int flags = in.getUnsignedShort(at + FLAGS);
    if ((flags & NOT_A_QUERY) != 0 || in.getUnsignedShort(at + QUESTIONS) != 1) {
      return false;
    }
    int end = at + length;
    int label = at + MIN_MESSAGE;
    while (label < end && in.getByte(label) > 0) {
      label += 1 + in.getByte(label);
    }
    if (label + 3 > end || in.getByte(label) != 0) {
      return false;
    }
    int type = in.getUnsignedShort(label + 1);
    return type == RrType.AXFR || type == RrType.IXFR;
  }

  /** Whether a whole message stands next, or a length that no message has. */
  static boolean hasNext(ByteBuf in) {
    if (in.readableBytes() < LENGTH_OCTETS) {
      return false;
    }
    int length = in.getUnsignedShort(in.readerIndex());
    return length < MIN_MESSAGE || in.readableBytes() >= LENGTH_OCTETS + length;
  }
}
