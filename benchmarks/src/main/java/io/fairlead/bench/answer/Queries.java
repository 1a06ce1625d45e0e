package io.fairlead.bench.answer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.fairlead.dns.wire.Name;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Queries for names that differ in a number, made in one native buffer: as an engine's receive
 * buffer it stays in the cache, so that what is measured is the answer and not the question.
 */
public final class Queries {
  private static final int DIGITS = 6;
  private static final int RECURSION_DESIRED = 0x0100;

  /** Header, and the length of the first label. */
  private static final int NAME_TEXT_AT = 12 + 1;

  private final SplittableRandom random = new SplittableRandom(1);
  private final MemorySegment message;
  private final int digitsAt;

  /**
   * @param prefix what stands in front of the number in the first label
   * @param additional an additional record, or none
   */
  public Queries(String prefix, int type, byte[] additional) {
    var octets = new ByteArrayOutputStream();
    octets.writeBytes(u16(0x1234, RECURSION_DESIRED, 1, 0, 0, additional.length == 0 ? 0 : 1));
    octets.writeBytes(name(prefix, 0).wire());
    octets.writeBytes(u16(type, 1));
    octets.writeBytes(additional);
    message = Arena.global().allocateFrom(JAVA_BYTE, octets.toByteArray());
    digitsAt = NAME_TEXT_AT + prefix.length();
  }

  public static Name name(String prefix, int number) {
    return Name.parse("%s%06d.gslb.example.com".formatted(prefix, number));
  }

  /** A query for any of so many names. */
  public MemorySegment next(int names) {
    int number = random.nextInt(names);
    for (int at = digitsAt + DIGITS - 1; at >= digitsAt; at--) {
      message.set(JAVA_BYTE, at, (byte) ('0' + number % 10));
      number /= 10;
    }
    return message;
  }

  /** An OPT record with the client subnet 192.0.2.0/24 (RFC 7871 section 6). */
  static byte[] clientSubnet() {
    var opt = new ByteArrayOutputStream();
    opt.write(0);
    opt.writeBytes(u16(41, 1232, 0, 0, 11, 8, 7, 1, 24 << 8));
    opt.writeBytes(new byte[] {(byte) 192, 0, 2});
    return opt.toByteArray();
  }

  private static byte[] u16(int... values) {
    ByteBuffer octets = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      octets.putShort((short) value);
    }
    return octets.array();
  }
}
