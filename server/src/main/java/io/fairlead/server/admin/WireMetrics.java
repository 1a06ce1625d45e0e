package io.fairlead.server.admin;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.count.QueryCount;
import io.fairlead.dns.count.ReplySizes;
import io.fairlead.dns.net.NetCounter;
import io.fairlead.dns.query.Transport;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * What the query threads count. Of the many kinds of queries that there could be, only those are
 * told that there have been, and one of each outcome, so that an alert has its zero to begin with.
 */
final class WireMetrics implements MultiCollector {
  private final Counters counters;
  private final ToLongFunction<NetCounter> net;
  private final LongSupplier tapLost;

  WireMetrics(Counters counters, ToLongFunction<NetCounter> net, LongSupplier tapLost) {
    this.counters = counters;
    this.net = net;
    this.tapLost = tapLost;
  }

  @Override
  public MetricSnapshots collect() {
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(queries());
    all.add(sizes());
    for (NetCounter counter : NetCounter.values()) {
      all.add(
          counter.isGauge()
              ? gauge(counter)
              : counter(counter.id(), counter.meaning(), net.applyAsLong(counter)));
    }
    all.add(
        counter(
            "tap_lost",
            "Queries that the query log and dnstap were not told of, to keep up",
            tapLost.getAsLong()));
    return new MetricSnapshots(all);
  }

  private CounterSnapshot queries() {
    var family =
        CounterSnapshot.builder()
            .name("fairlead_queries")
            .help("Queries by what became of them; each moves exactly one");
    Set<Outcome> seen = new HashSet<>();
    for (QueryCount kind : counters.kinds()) {
      seen.add(kind.outcome());
      family.dataPoint(point(kind));
    }
    for (Outcome outcome : Outcome.values()) {
      if (!seen.contains(outcome)) {
        family.dataPoint(point(new QueryCount(outcome, 0, "none", "none", 0)));
      }
    }
    return family.build();
  }

  private static CounterDataPointSnapshot point(QueryCount kind) {
    return CounterDataPointSnapshot.builder()
        .labels(
            Labels.of(
                "outcome",
                kind.outcome().id(),
                "rcode",
                kind.rcode(),
                "transport",
                Transport.values()[kind.transport()].id(),
                "type",
                kind.type()))
        .value((double) kind.count())
        .build();
  }

  private HistogramSnapshot sizes() {
    var family =
        HistogramSnapshot.builder().name("fairlead_reply_size_bytes").help("Octets of replies");
    for (Transport transport : Transport.values()) {
      ReplySizes sizes = counters.sizes(transport.ordinal());
      int[] bounds = ReplySizes.bounds();
      var buckets = ClassicHistogramBuckets.builder();
      for (int i = 0; i < bounds.length; i++) {
        buckets.bucket(bounds[i], sizes.counts()[i]);
      }
      buckets.bucket(Double.POSITIVE_INFINITY, 0L);
      family.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(Labels.of("transport", transport.id()))
              .classicHistogramBuckets(buckets.build())
              .sum((double) sizes.octets())
              .build());
    }
    return family.build();
  }

  private static CounterSnapshot counter(String id, String meaning, long count) {
    return CounterSnapshot.builder()
        .name("fairlead_" + id)
        .help(meaning)
        .dataPoint(CounterDataPointSnapshot.builder().value((double) count).build())
        .build();
  }

  private GaugeSnapshot gauge(NetCounter counter) {
    return GaugeSnapshot.builder()
        .name("fairlead_" + counter.id())
        .help(counter.meaning())
        .dataPoint(
            GaugeDataPointSnapshot.builder().value((double) net.applyAsLong(counter)).build())
        .build();
  }
}
