package io.fairlead.bench.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What is asked: A of names that differ in a six-digit number, in random order; with a client
 * subnet of a random /24 or without.
 */
final class Questions {
  /** Room for one: a name of this kind, and an OPT record. */
  static final int ROOM = 256;

  private static final int DIGITS = 6;

  /** Header, and the length of the first label. */
  private static final int NAME_TEXT_AT = 12 + 1;

  /** First of the networks that clients come from: 20.0.0.0. */
  private static final int FIRST_NETWORK = 20 << 24;

  private final SplittableRandom random;
  private final byte[] template;
  private final int digitsAt;
  private final int names;
  private final int networks;

  /**
   * @param prefix what stands in front of the number in the first label
   * @param zone what follows it
   * @param names how many numbers there are
   * @param networks how many /24 the clients come from; 0 = no client subnet
   */
  Questions(String prefix, String zone, int names, int networks, long seed) {
    this.random = new SplittableRandom(seed);
    this.names = names;
    this.networks = networks;
    var octets = new ByteArrayOutputStream();
    octets.writeBytes(u16(0, 0, 1, 0, 0, networks == 0 ? 0 : 1));
    octets.writeBytes(Name.parse(prefix + "0".repeat(DIGITS) + "." + zone).wire());
    octets.writeBytes(u16(1, 1));
    if (networks > 0) {
      octets.write(0);
      octets.writeBytes(u16(41, 1232, 0, 0, 11, 8, 7, 1, 24 << 8));
      octets.writeBytes(new byte[3]);
    }
    template = octets.toByteArray();
    digitsAt = NAME_TEXT_AT + prefix.length();
  }

  int length() {
    return template.length;
  }

  /** Lays out a question at a place; {@link #ask} then varies it. */
  void prepare(MemorySegment memory, int at) {
    Octets.copy(template, 0, memory, at, template.length);
  }

  /** The next question, with an id. */
  void ask(MemorySegment memory, int at, int id) {
    Octets.putU16(memory, at, id);
    int number = random.nextInt(names);
    for (int digit = at + digitsAt + DIGITS - 1; digit >= at + digitsAt; digit--) {
      memory.set(JAVA_BYTE, digit, (byte) ('0' + number % 10));
      number /= 10;
    }
    if (networks > 0) {
      int network = FIRST_NETWORK + (random.nextInt(networks) << 8);
      Octets.putU16(memory, at + template.length - 3, network >>> 16);
      Octets.putU8(memory, at + template.length - 1, network >>> 8);
    }
  }

  private static byte[] u16(int... values) {
    ByteBuffer octets = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      octets.putShort((short) value);
    }
    return octets.array();
  }
}
