package io.fairlead.server.admin;

import io.fairlead.dns.choice.Availability;
import io.fairlead.health.schedule.ProbeCounts;
import io.fairlead.server.control.Model;
import io.fairlead.server.control.Plan;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.event.Event;
import io.fairlead.server.event.EventLog;
import io.fairlead.sync.cluster.ClusterStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/** What is known of members, probes, events and clusters, as metrics. */
final class ServiceMetrics implements MultiCollector {
  /**
   * Members that have series of their own, those of the first services; two series of about 150
   * octets each are 3 MB, within the 5 MB that a scrape may have. Queries by outcome count all.
   */
  static final int MAX_MEMBERS = 10_000;

  private final Supplier<Published> published;
  private final IntToLongFunction handedOut;
  private final Supplier<ProbeCounts> probes;
  private final EventLog events;
  private final InstantSource clock;

  ServiceMetrics(
      Supplier<Published> published,
      IntToLongFunction handedOut,
      Supplier<ProbeCounts> probes,
      EventLog events,
      InstantSource clock) {
    this.published = published;
    this.handedOut = handedOut;
    this.probes = probes;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public MetricSnapshots collect() {
    Published now = published.get();
    List<MetricSnapshot> all = new ArrayList<>();
    members(now, all);
    probes(probes.get(), all);
    events(all);
    clusters(now.model(), all);
    all.add(
        gauge("fairlead_config_accepted_timestamp_seconds", "When the served file was accepted")
            .dataPoint(value((double) now.model().acceptedAt().getEpochSecond(), Labels.EMPTY))
            .build());
    return new MetricSnapshots(all);
  }

  private void members(Published now, List<MetricSnapshot> all) {
    var answers =
        counter("fairlead_member_answers", "How often a member was in an answer, since the start");
    var eligible = gauge("fairlead_member_eligible", "1 while a member may be an answer");
    List<PlannedMember> members = now.plan().allMembers().limit(MAX_MEMBERS + 1L).toList();
    for (PlannedMember member : members.subList(0, Math.min(MAX_MEMBERS, members.size()))) {
      Labels labels =
          Labels.of(
              "member",
              member.member().target(),
              "pool",
              member.pool().name(),
              "service",
              Plan.key(member.service().name()),
              "site",
              member.member().site());
      answers.dataPoint(count(handedOut.applyAsLong(member.endpoint()), labels));
      boolean isEligible = now.availability(member) == Availability.UP;
      eligible.dataPoint(value(isEligible ? 1 : 0, labels));
    }
    all.add(answers.build());
    all.add(eligible.build());
    all.add(
        gauge("fairlead_members_without_series", "Members that are too many to be told one by one")
            .dataPoint(
                value(
                    (double) Math.max(0, now.plan().allMembers().count() - MAX_MEMBERS),
                    Labels.EMPTY))
            .build());
  }

  private static void probes(ProbeCounts counts, List<MetricSnapshot> all) {
    all.add(
        counter("fairlead_probes", "Probes by what came of them")
            .dataPoint(count(counts.passed(), Labels.of("result", "passed")))
            .dataPoint(count(counts.failed(), Labels.of("result", "failed")))
            .dataPoint(count(counts.notCounted(), Labels.of("result", "not-counted")))
            .build());
    all.add(
        gauge("fairlead_probes_in_flight", "Probes under way")
            .dataPoint(value(counts.inFlight(), Labels.EMPTY))
            .build());
  }

  private void events(List<MetricSnapshot> all) {
    var counter = counter("fairlead_events", "Events by kind and weight; verdicts among them");
    for (Event.Kind kind : Event.Kind.values()) {
      for (Event.Weight weight : Event.Weight.values()) {
        counter.dataPoint(
            count(
                events.count(kind, weight),
                Labels.of("kind", kind.word(), "weight", weight.word())));
      }
    }
    all.add(counter.build());
  }

  private void clusters(Model model, List<MetricSnapshot> all) {
    Instant now = clock.instant();
    var connected = gauge("fairlead_cluster_connected", "1 while a cluster's watches run");
    var away =
        gauge("fairlead_cluster_away_seconds", "For how long a cluster is away; 0 = it is not");
    var members = gauge("fairlead_cluster_members", "Members that a cluster offers");
    var held = gauge("fairlead_cluster_held", "Members that are served though a list lost them");
    for (String context : ClusterViews.contexts(model)) {
      Labels labels = Labels.of("cluster", context);
      ClusterStatus status = model.clusters().get(context);
      var offered = model.imports().get(context);
      boolean isThere = status != null && status.connected();
      connected.dataPoint(value(isThere ? 1 : 0, labels));
      double seconds =
          status == null || isThere ? 0 : Duration.between(status.since(), now).toMillis() / 1e3;
      away.dataPoint(value(Math.max(0, seconds), labels));
      members.dataPoint(value(offered == null ? 0 : offered.members().size(), labels));
      held.dataPoint(value(status == null ? 0 : status.held(), labels));
    }
    all.addAll(List.of(connected.build(), away.build(), members.build(), held.build()));
  }

  private static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private static CounterDataPointSnapshot count(long count, Labels labels) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) count).build();
  }

  private static GaugeDataPointSnapshot value(double value, Labels labels) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
