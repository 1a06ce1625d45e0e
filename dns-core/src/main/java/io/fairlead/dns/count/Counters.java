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
    long sum = 0;
    for (Tally tally : tallies) {
      sum += tally.count(outcome.ordinal());
    }
    return sum;
  }

  /** How often an endpoint has been handed out since the start. */
  public long handedOut(int endpoint) {
    long sum = 0;
    for (Tally tally : tallies) {
      sum += tally.handedOut(endpoint);
    }
    return sum;
  }
}
