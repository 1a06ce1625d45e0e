package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Address;
import java.nio.charset.StandardCharsets;

/**
 * Weighted rendezvous hashing in integers, so that every node and every restart agrees to the bit.
 *
 * <p>Client and member draw a number u in (0, 1] together, and the member with the least {@code
 * -log(u) / weight} wins: an exponential race, won by each with its share of the weights. Who
 * leaves the race hands only its own wins on, and takes the same ones back.
 */
public final class Rendezvous {
  /** Fraction bits of the logarithm's table index: linear between, wrong by 3 in 10^8 at most. */
  private static final int TABLE_BITS = 10;

  /** log2(1 + i / 1024) in units of 2^-32. StrictMath gives the same octets everywhere. */
  private static final long[] LOG2 = new long[(1 << TABLE_BITS) + 1];

  static {
    for (int i = 0; i < LOG2.length; i++) {
      double x = 1 + (double) i / (1 << TABLE_BITS);
      LOG2[i] = (long) StrictMath.rint(StrictMath.log(x) / StrictMath.log(2) * (1L << 32));
    }
  }

  private Rendezvous() {}

  /** The member's number: that of its site, and of its place among the site's own. */
  public static long key(String site, int ordinal) {
    long hash = 0xcbf29ce484222325L; // FNV-1a's offset basis and prime for 64 bits
    for (byte octet : site.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
    }
    return mix(hash + ordinal * 0x9e3779b97f4a7c15L);
  }

  /** The number of all clients that agree with this one in so many bits. */
  static long client(Address address, int bits) {
    return mix(mix(address.high(bits) + address.family()) + address.low(bits));
  }

  /** The number of a slot, for pools whose clients are spread over slots. */
  public static long slot(int slot) {
    return mix(slot);
  }

  /** What a member draws with a client: {@code -log2(u)} in units of 2^-32, 0 to 64. */
  public static long draw(long client, long key) {
    long u = mix(client ^ key) | 1;
    int zeros = Long.numberOfLeadingZeros(u);
    long fraction = u << zeros << 1;
    int index = (int) (fraction >>> (64 - TABLE_BITS));
    long between = (fraction << TABLE_BITS) >>> 32;
    long log2 = LOG2[index] + (((LOG2[index + 1] - LOG2[index]) * between) >>> 32);
    return ((zeros + 1L) << 32) - log2;
  }

  /** Whether a draw of one weight beats a draw of another; products stay below 2^49. */
  public static boolean beats(long draw, int weight, long otherDraw, int otherWeight) {
    return draw * otherWeight < otherDraw * weight;
  }

  /** The finalizer of SplitMix64: every bit in moves about half of the bits out. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
