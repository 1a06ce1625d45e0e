package io.fairlead.dns.count;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The sums over all query threads. */
public final class Counters {
  private final List<Tally> tallies = new CopyOnWriteArrayList<>();

  /** A tally for one more query thread. */
  public Tally newTally() {
    var tally = new Tally();
    tallies.add(tally);
    return tally;
  }

  public long count(Outcome outcome) {
    return tallies.stream().mapToLong(tally -> tally.count(outcome.ordinal())).sum();
  }

  /** How often an endpoint has been handed out since the start. */
  public long handedOut(int endpoint) {
    return tallies.stream().mapToLong(tally -> tally.handedOut(endpoint)).sum();
  }
}
