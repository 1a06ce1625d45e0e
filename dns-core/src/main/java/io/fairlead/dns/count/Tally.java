package io.fairlead.dns.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The counts of one query thread: written by it alone, read by anyone at any time. */
public final class Tally {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] outcomes = new long[Outcome.values().length];
  private final long[] kinds = new long[Outcome.values().length * QueryKind.CELLS];

  /** For each transport the counts of its sizes, then the sum of octets. */
  private final long[] sizes = new long[QueryKind.TRANSPORTS * (ReplySizes.boundCount() + 1)];

  private volatile long[] handedOut = new long[0];

  /**
   * Counts one query.
   *
   * @param transport its number, see {@link QueryKind#cell}
   * @param type of the question; less than 0 where there is none
   * @param rcode of the reply
   * @param octets of the reply; 0 = nothing was sent
   */
  public void count(Outcome outcome, int transport, int type, int rcode, int octets) {
    add(outcomes, outcome.ordinal(), 1);
    int cell = QueryKind.cell(transport, type, octets == 0 ? -1 : rcode);
    add(kinds, outcome.ordinal() * QueryKind.CELLS + cell, 1);
    if (octets > 0) {
      int first = transport * (ReplySizes.boundCount() + 1);
      add(sizes, first + ReplySizes.place(octets), 1);
      add(sizes, first + ReplySizes.boundCount(), octets);
    }
  }

  private static void add(long[] counts, int index, long amount) {
    LONGS.setOpaque(counts, index, counts[index] + amount);
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

  long kind(int outcome, int cell) {
    return (long) LONGS.getOpaque(kinds, outcome * QueryKind.CELLS + cell);
  }

  long size(int transport, int place) {
    return (long) LONGS.getOpaque(sizes, transport * (ReplySizes.boundCount() + 1) + place);
  }

  long handedOut(int endpoint) {
    long[] now = handedOut;
    return endpoint < now.length ? (long) LONGS.getOpaque(now, endpoint) : 0;
  }
}
