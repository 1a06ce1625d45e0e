package io.fairlead.dns.cookie;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF"), which RFC 9018 section
 * 4.4 takes for server cookies. Mutable and reused, so that a hash allocates nothing.
 */
final class SipHash {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  /** The hash of the first octets of a message. */
  long hash(CookieSecret key, byte[] message, int length) {
    v0 = key.first() ^ 0x736f6d6570736575L;
    v1 = key.second() ^ 0x646f72616e646f6dL;
    v2 = key.first() ^ 0x6c7967656e657261L;
    v3 = key.second() ^ 0x7465646279746573L;
    int whole = length & -Long.BYTES;
    for (int at = 0; at < whole; at += Long.BYTES) {
      take((long) WORD.get(message, at));
    }
    long last = (long) length << 56;
    for (int at = whole; at < length; at++) {
      last |= (message[at] & 0xffL) << (Byte.SIZE * (at - whole));
    }
    take(last);
    v2 ^= 0xff;
    round();
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void take(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }
}
