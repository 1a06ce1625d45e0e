package io.fairlead.dns.net;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The sums that the query threads write: once for each batch or connection, not for each query. */
final class NetCounts {
  private final LongAdder[] sums =
      Stream.generate(LongAdder::new).limit(NetCounter.values().length).toArray(LongAdder[]::new);

  void add(NetCounter counter, long amount) {
    if (amount != 0) {
      sums[counter.ordinal()].add(amount);
    }
  }

  long sum(NetCounter counter) {
    return sums[counter.ordinal()].sum();
  }
}
