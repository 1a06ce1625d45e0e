package io.fairlead.dns.limit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Leaky buckets in a fixed piece of memory, shared by all query threads without a lock. A bucket is
 * one word: whose it is, how many of its replies were over, and when it will be empty.
 *
 * <pre>
 * | tag, 20 bits of the key's hash | over, 4 bits | empty at, 40 bits of ticks |
 * </pre>
 *
 * A key has a place in one set of four; the one of them that has been empty for longest, or will be
 * soonest, makes room. So a flood of keys makes buckets forget, and no memory grow.
 */
final class Buckets {
  /** 262,144 buckets: 2 MiB. */
  private static final int COUNT = 1 << 18;

  private static final int WAYS = 4;

  private static final int TIME_BITS = 40;
  private static final long TIME = (1L << TIME_BITS) - 1;
  private static final int OVER_BITS = 4;
  private static final long OVER_ONE = 1L << TIME_BITS;
  private static final long OVER = ((1L << OVER_BITS) - 1) << TIME_BITS;
  private static final long TAG = -1L << (TIME_BITS + OVER_BITS);

  /**
   * No bucket is as full: 8.6 seconds, when a second's worth and one reply are the most. So it is
   * one of another turn of the clock, which comes in 13 days.
   */
  private static final long MAX_AHEAD = 1L << 23;

  private final AtomicLongArray words = new AtomicLongArray(COUNT);

  /**
   * Takes from a bucket where it is not over its burst.
   *
   * @param hash of the key, all of its bits well spread
   * @param now ticks
   * @param cost how much later the bucket will be empty; less than zero gives back
   * @param burst how far ahead of now that may lie before; what goes over it is taken whole
   * @return false where it was over
   */
  boolean take(long hash, long now, long cost, long burst) {
    int at = find(hash, now);
    while (true) {
      long word = words.get(at);
      long ahead = isOf(word, hash) ? ahead(word, now) : 0;
      if (ahead > burst) {
        return false;
      }
      long over = isOf(word, hash) ? word & OVER : 0;
      long emptyAt = now + Math.clamp(ahead + cost, 0L, MAX_AHEAD);
      if (words.compareAndSet(at, word, (hash & TAG) | over | (emptyAt & TIME))) {
        return true;
      }
    }
  }

  /** Counts one over, and says whether it is the so-manieth. */
  boolean isTurn(long hash, long now, int every) {
    int at = find(hash, now);
    while (true) {
      long word = words.get(at);
      if (!isOf(word, hash)) {
        return false; // another has taken the place meanwhile
      }
      boolean turn = ((word & OVER) >>> TIME_BITS) + 1 >= every;
      long next = turn ? word & ~OVER : word + OVER_ONE;
      if (words.compareAndSet(at, word, next)) {
        return turn;
      }
    }
  }

  private int find(long hash, long now) {
    int first = (int) hash & (COUNT - WAYS);
    int emptiest = first;
    long least = Long.MAX_VALUE;
    for (int at = first; at < first + WAYS; at++) {
      long word = words.get(at);
      if (isOf(word, hash)) {
        return at;
      }
      long ahead = ahead(word, now);
      if (ahead < least) {
        least = ahead;
        emptiest = at;
      }
    }
    return emptiest;
  }

  private static boolean isOf(long word, long hash) {
    return ((word ^ hash) & TAG) == 0;
  }

  /** How far ahead of now the bucket will be empty; 0 where it is. */
  private static long ahead(long word, long now) {
    long ahead = (word - now) << (Long.SIZE - TIME_BITS) >> (Long.SIZE - TIME_BITS);
    return ahead > MAX_AHEAD ? 0 : Math.max(0, ahead);
  }
}
