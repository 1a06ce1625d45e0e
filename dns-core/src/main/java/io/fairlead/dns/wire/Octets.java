package io.fairlead.dns.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers of a message, most significant octet first (RFC 1035 section 2.3.2), at any offset. The
 * segment checks every access against its own end; the message's end is the caller's to check.
 */
public final class Octets {
  private static final ValueLayout.OfShort U16 = JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 = JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

  private static final int POINTER = 0xc000;

  private Octets() {}

  public static int u8(MemorySegment message, int at) {
    return message.get(JAVA_BYTE, at) & 0xff;
  }

  public static int u16(MemorySegment message, int at) {
    return message.get(U16, at) & 0xffff;
  }

  public static int u32(MemorySegment message, int at) {
    return message.get(U32, at);
  }

  public static long u64(MemorySegment message, int at) {
    return message.get(U64, at);
  }

  public static void putU8(MemorySegment message, int at, int value) {
    message.set(JAVA_BYTE, at, (byte) value);
  }

  public static void putU16(MemorySegment message, int at, int value) {
    message.set(U16, at, (short) value);
  }

  public static void putU32(MemorySegment message, int at, int value) {
    message.set(U32, at, value);
  }

  /**
   * Writes a compression pointer (RFC 1035 section 4.1.4).
   *
   * @param target where the name, or the rest of it, stands in the message: 12 to 16,383
   */
  public static void putPointer(MemorySegment message, int at, int target) {
    putU16(message, at, POINTER | target);
  }

  /** The name at a place: there itself, or where a pointer that stands there leads to. */
  public static int followPointer(MemorySegment message, int at) {
    int word = u16(message, at);
    return word >= POINTER ? word & ~POINTER : at;
  }

  public static void copy(MemorySegment from, int fromAt, MemorySegment to, int toAt, int length) {
    MemorySegment.copy(from, fromAt, to, toAt, length);
  }

  public static void copy(byte[] from, int fromAt, MemorySegment to, int toAt, int length) {
    MemorySegment.copy(from, fromAt, to, JAVA_BYTE, toAt, length);
  }

  public static void copy(MemorySegment from, int fromAt, byte[] to, int toAt, int length) {
    MemorySegment.copy(from, JAVA_BYTE, fromAt, to, toAt, length);
  }
}
