package io.fairlead.dns.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The counts of one query thread: written by it alone, read by anyone at any time. */
public final class Tally {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] outcomes = new long[Outcome.values().length];
  private volatile long[] handedOut = new long[0];

  public void count(Outcome outcome) {
    int index = outcome.ordinal();
    LONGS.setOpaque(outcomes, index, outcomes[index] + 1);
  }

  /** Counts an endpoint as handed out. */
  public void handOut(int endpoint) {
    long[] now = handedOut;
    if (endpoint >= now.length) {
      now = grow(endpoint);
    }
    LONGS.setOpaque(now, endpoint, now[endpoint] + 1);
  }

  /**
   * The slow branch: an endpoint that this thread has never handed out and that is beyond its
   * table.
   */
  private long[] grow(int endpoint) {
    long[] grown = Arrays.copyOf(handedOut, Math.max(64, Integer.highestOneBit(endpoint) << 1));
    handedOut = grown;
    return grown;
  }

  long count(int outcome) {
    return (long) LONGS.getOpaque(outcomes, outcome);
  }

  long handedOut(int endpoint) {
    long[] now = handedOut;
    return endpoint < now.length ? (long) LONGS.getOpaque(now, endpoint) : 0;
  }
}
