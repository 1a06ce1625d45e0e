package io.fairlead.server.admin;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.net.NetCounter;
import io.fairlead.health.schedule.ProbeCounts;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.control.Published;
import io.fairlead.server.event.EventLog;
import io.fairlead.server.telemetry.MetricSource;
import io.fairlead.server.webhook.Webhooks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Prometheus metrics, read from the counters when somebody asks: a query pays for none of them. */
public final class Metrics implements AutoCloseable, MetricSource {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  public Metrics(
      Counters counters,
      ToLongFunction<NetCounter> net,
      LongSupplier tapLost,
      Supplier<Published> published,
      Supplier<List<Webhooks.Tally>> webhooks,
      Supplier<ProbeCounts> probes,
      EventLog events,
      InstantSource clock) {
    registry.getPrometheusRegistry().register(new WireMetrics(counters, net, tapLost));
    // By suppliers: of an object and its function the registry would hold the object weakly.
    Gauge.builder("fairlead.snapshot.generation", () -> published.get().snapshot().generation())
        .description("Publishes since the start")
        .register(registry);
    Gauge.builder("fairlead.ready", () -> published.get().snapshot().ready() ? 1 : 0)
        .description("1 when queries are answered")
        .register(registry);
    Gauge.builder(
            "fairlead.config.refused", () -> published.get().model().refused().isEmpty() ? 0 : 1)
        .description("1 when the newest configuration file was refused and an older one is served")
        .register(registry);
    Gauge.builder("fairlead.blind", () -> published.get().model().blind() ? 1 : 0)
        .description("1 while no reference answers, so that failures do not count")
        .register(registry);
    Gauge.builder("fairlead.guard.on", () -> published.get().model().calm().isGuarding() ? 1 : 0)
        .description("1 while the mass-down guard keeps members in the answers that fail")
        .register(registry);
    for (Availability state : Availability.values()) {
      Gauge.builder("fairlead.members", () -> members(published.get(), state))
          .tag("state", Words.of(state))
          .description("Members by state")
          .register(registry);
    }
    for (Verdict verdict : Verdict.values()) {
      Gauge.builder("fairlead.targets", () -> targets(published.get(), verdict))
          .tag("verdict", Words.of(verdict))
          .description("Probed targets by verdict")
          .register(registry);
    }
    registry.getPrometheusRegistry().register(new WebhookMetrics(webhooks));
    registry
        .getPrometheusRegistry()
        .register(new ServiceMetrics(published, counters::handedOut, probes, events, clock));
    new JvmMemoryMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  private static long members(Published now, Availability state) {
    return now.plan().allMembers().filter(member -> now.availability(member) == state).count();
  }

  private static long targets(Published now, Verdict verdict) {
    if (verdict == Verdict.UNKNOWN) {
      long known =
          Arrays.stream(Verdict.values())
              .filter(v -> v != verdict)
              .mapToLong(v -> targets(now, v))
              .sum();
      return now.plan().targets().size() - known;
    }
    return now.model().health().values().stream()
        .filter(status -> status.verdict() == verdict)
        .count();
  }

  @Override
  public MetricSnapshots snapshots() {
    return registry.getPrometheusRegistry().scrape();
  }

  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
