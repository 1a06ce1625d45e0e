package io.fairlead.server;

import io.fairlead.config.ProbeSpec;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.schedule.Limits;
import io.fairlead.health.schedule.PastProbe;
import io.fairlead.health.schedule.ProbeCounts;
import io.fairlead.health.schedule.Prober;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.server.admin.PushRoutes;
import io.fairlead.server.control.ControlLoop;
import io.fairlead.server.control.Probing;
import io.fairlead.server.control.Published;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prober, told of each plan, within what this process may open. */
final class Probes implements AutoCloseable, PushRoutes.Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

  private final Prober prober;
  private final int sockets = Descriptors.forProbes();
  private volatile String trouble = "";

  Probes(ControlLoop control, Environment environment) {
    prober =
        Prober.start(
            new Verdicts(control), environment.clock(), environment.random(), Release.userAgent());
  }

  /** Probes what is served now, and says once where that may be more than this process can do. */
  void follow(Published published) {
    ProbeSpec spec =
        published.model().config() == null
            ? ProbeSpec.DEFAULT
            : published.model().config().node().probes();
    Set<Target> targets = Probing.targets(published);
    Limits limits = within(spec.limits());
    String before = trouble;
    trouble = shortage(targets, limits, spec.limits());
    if (!trouble.isEmpty() && !trouble.equals(before)) {
      LOG.warn("{}", trouble);
    }
    prober.limit(limits);
    prober.watch(targets, Map.of(), published.plan().references());
  }

  private Limits within(Limits told) {
    return new Limits(Math.min(sockets, told.inFlight()), told.perHost());
  }

  private String shortage(Set<Target> targets, Limits limits, Limits told) {
    long needed = mostInFlight(targets);
    if (needed <= limits.inFlight()) {
      return "";
    }
    String remedy =
        limits.inFlight() < told.inFlight()
            ? "this process may open no more files for them (ulimit -n, LimitNOFILE)"
            : "that is node.probes.maxInFlight";
    return "where nobody answers, %d probes would be under way at once, and only %d may be: %s"
        .formatted(needed, limits.inFlight(), remedy);
  }

  /** Where each probe takes its whole timeout: rate times timeout. */
  static long mostInFlight(Set<Target> targets) {
    double sum = 0;
    for (Target target : targets) {
      if (!target.isTold()) {
        sum += (double) target.timeout().toNanos() / target.interval().toNanos();
      }
    }
    return (long) Math.ceil(sum);
  }

  /** What is wrong with the limits, in words; empty = nothing. */
  String trouble() {
    return trouble;
  }

  ProbeCounts counts() {
    return prober.counts();
  }

  List<PastProbe> history(Target target) {
    return prober.history(target);
  }

  @Override
  public void report(Target target, ProbeResult said) {
    prober.report(target, said);
  }

  @Override
  public @Nullable TargetStatus status(Target target) {
    return prober.status(target);
  }

  @Override
  public void close() {
    prober.close();
  }
}
