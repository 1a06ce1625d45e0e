package io.fairlead.dns.limit;

import io.fairlead.dns.choice.Address;
import java.util.function.LongSupplier;

/**
 * Response rate limiting: what one prefix may be sent over UDP without having shown that it is
 * there. Two bounds hold, both with leaky {@link Buckets}:
 *
 * <ul>
 *   <li>replies of one kind, so many a second: the same answer again and again is no resolver's
 *       need
 *   <li>octets beyond those that came in from there, whatever they say: nobody gains from us what
 *       he would have us send to another
 * </ul>
 *
 * Shared by all query threads; allocates nothing, waits for nobody.
 */
public final class RateLimiter {
  /** What becomes of a reply. */
  public enum Ruling {
    SEND,
    /** Something short instead, which a real client can go on from. */
    SLIP,
    DROP
  }

  /** A tick is 1,024 nanoseconds. */
  private static final int TICK_BITS = 10;

  private static final long TICKS_A_SECOND = 1_000_000_000L >> TICK_BITS;

  /**
   * Octets a second that the replies to one prefix may exceed its queries by. Where 1,500 octets a
   * second and more come in, that is at most 1.5 octets out for each one over ten seconds. 10
   * positive answers and 5 negative ones a second fit in.
   */
  private static final long LEAST_EXCESS = 500;

  private static final long EXCESS_FOR_EACH_RESPONSE = 2;

  private final Buckets buckets = new Buckets();
  private final LongSupplier nanoTime;
  private final long seed;
  private final int slip;
  private final int ipv4Prefix;
  private final int ipv6Prefix;
  private final PrefixSet allowed;
  private final long responseCost;
  private final long excessASecond;

  /**
   * @param nanoTime nanoseconds that only go forward
   * @param seed such that nobody can guess which keys share a bucket
   */
  public RateLimiter(RateLimitSpec spec, LongSupplier nanoTime, long seed) {
    this.nanoTime = nanoTime;
    this.seed = seed;
    this.slip = spec.slip();
    this.ipv4Prefix = spec.ipv4Prefix();
    this.ipv6Prefix = spec.ipv6Prefix();
    this.allowed = new PrefixSet(spec.allow());
    this.responseCost = TICKS_A_SECOND / spec.responsesPerSecond();
    this.excessASecond =
        Math.max(LEAST_EXCESS, EXCESS_FOR_EACH_RESPONSE * spec.responsesPerSecond());
  }

  /**
   * Rules over one reply.
   *
   * @param kind what is said: equal numbers are the same kind
   */
  public Ruling rule(Address peer, int kind, int queryLength, int replyLength) {
    if (allowed.contains(peer)) {
      return Ruling.SEND;
    }
    int bits = peer.family() == Address.IPV4 ? ipv4Prefix : ipv6Prefix;
    long prefix = mix(mix(seed ^ peer.high(bits)) ^ peer.low(bits) ^ peer.family());
    long ofKind = mix(prefix ^ kind);
    long now = nanoTime.getAsLong() >>> TICK_BITS;
    // A second's worth is given at once, so that what comes in a batch is not over.
    if (!buckets.take(ofKind, now, responseCost, TICKS_A_SECOND - responseCost)) {
      boolean slips = slip > 0 && buckets.isTurn(ofKind, now, slip);
      return slips ? Ruling.SLIP : Ruling.DROP;
    }
    long excess = (replyLength - queryLength) * TICKS_A_SECOND / excessASecond;
    return buckets.take(prefix, now, excess, TICKS_A_SECOND) ? Ruling.SEND : Ruling.SLIP;
  }

  /** Spreads all bits over all bits (the finalizer of MurmurHash3). */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
