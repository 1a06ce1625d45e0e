package io.fairlead.dns.count;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToLongFunction;

/** The sums over all query threads. */
public final class Counters {
  private final List<Tally> tallies = new CopyOnWriteArrayList<>();

  /** What was counted for those who had an endpoint's number before; grows as the numbers do. */
  private volatile AtomicLongArray forgotten = new AtomicLongArray(0);

  /** A tally for one more query thread. */
  public Tally newTally() {
    var tally = new Tally();
    tallies.add(tally);
    return tally;
  }

  public long count(Outcome outcome) {
    return sum(tally -> tally.count(outcome.ordinal()));
  }

  /** How often an endpoint has been handed out since the start. */
  public long handedOut(int endpoint) {
    AtomicLongArray before = forgotten;
    long others = endpoint < before.length() ? before.get(endpoint) : 0;
    return sum(tally -> tally.handedOut(endpoint)) - others;
  }

  /** Begins anew for whoever will have this number. Called by one thread, the control thread. */
  public void forget(int endpoint) {
    AtomicLongArray before = forgotten;
    if (endpoint >= before.length()) {
      long[] grown = new long[Math.max(64, Integer.highestOneBit(endpoint) << 1)];
      for (int i = 0; i < before.length(); i++) {
        grown[i] = before.get(i);
      }
      before = new AtomicLongArray(grown);
      forgotten = before;
    }
    before.set(endpoint, sum(tally -> tally.handedOut(endpoint)));
  }

  /** All kinds of queries that there have been; those that never came are not in it. */
  public List<QueryCount> kinds() {
    List<QueryCount> kinds = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      for (int cell = 0; cell < QueryKind.CELLS; cell++) {
        int at = cell;
        long count = sum(tally -> tally.kind(outcome.ordinal(), at));
        if (count > 0) {
          kinds.add(
              new QueryCount(
                  outcome,
                  QueryKind.transport(at),
                  QueryKind.type(at),
                  QueryKind.rcode(at),
                  count));
        }
      }
    }
    return kinds;
  }

  /** How long the replies of a transport were. */
  public ReplySizes sizes(int transport) {
    long[] counts = new long[ReplySizes.boundCount()];
    for (int place = 0; place < counts.length; place++) {
      int at = place;
      counts[place] = sum(tally -> tally.size(transport, at));
    }
    long octets = sum(tally -> tally.size(transport, ReplySizes.boundCount()));
    return new ReplySizes(transport, counts, octets);
  }

  private long sum(ToLongFunction<Tally> counted) {
    long sum = 0;
    for (Tally tally : tallies) {
      sum += counted.applyAsLong(tally);
    }
    return sum;
  }
}
