package io.fairlead.server.admin;

import io.fairlead.server.webhook.Webhooks;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/** What became of the events for each receiver. */
final class WebhookMetrics implements MultiCollector {
  private final Supplier<List<Webhooks.Tally>> tallies;

  WebhookMetrics(Supplier<List<Webhooks.Tally>> tallies) {
    this.tallies = tallies;
  }

  @Override
  public MetricSnapshots collect() {
    var family =
        CounterSnapshot.builder()
            .name("fairlead_webhook_events")
            .help("Events for receivers by what became of them");
    for (Webhooks.Tally tally : tallies.get()) {
      family.dataPoint(point(tally.name(), "delivered", tally.delivered()));
      family.dataPoint(point(tally.name(), "refused", tally.refused()));
      family.dataPoint(point(tally.name(), "missed", tally.missed()));
    }
    return new MetricSnapshots(family.build());
  }

  private static CounterDataPointSnapshot point(String webhook, String outcome, long count) {
    return CounterDataPointSnapshot.builder()
        .labels(Labels.of("outcome", outcome, "webhook", webhook))
        .value((double) count)
        .build();
  }
}
