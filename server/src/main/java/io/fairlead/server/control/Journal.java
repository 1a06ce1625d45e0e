package io.fairlead.server.control;

import io.fairlead.config.Problem;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.control.ControlEvent.ClusterChanged;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.ConfigRefused;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.GeoLoaded;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.control.ControlEvent.ImportChanged;
import io.fairlead.server.control.ControlEvent.Overridden;
import io.fairlead.server.control.ControlEvent.OverrideCleared;
import io.fairlead.server.control.ControlEvent.ReadyTimeoutPassed;
import io.fairlead.server.control.ControlEvent.Restored;
import io.fairlead.sync.cluster.ClusterStatus;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says each event once, in words. */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  /** Enough to see what kind of mistake it is, and no flood where it is made everywhere. */
  private static final int MAX_SKIPPED_SAID = 20;

  private Journal() {}

  public static void write(Transition step) {
    step.events().forEach(event -> write(event, step));
    if (step.replanned()) {
      var said = step.before().plan().notes();
      step.after().plan().notes().stream()
          .filter(note -> !said.contains(note))
          .forEach(note -> LOG.warn("import: {}", note));
    }
    if (!step.before().snapshot().ready() && step.after().snapshot().ready()) {
      LOG.info(
          "answering: services {}, zones {}",
          step.after().plan().services().size(),
          step.after().plan().zones().size());
    }
  }

  private static void write(ControlEvent event, Transition step) {
    switch (event) {
      case Restored(var state) ->
          LOG.info(
              "restored the state of {}: {} verdicts, {} clusters, {} overrides",
              state.savedAt(),
              state.verdicts().size(),
              state.imports().size(),
              state.overrides().size());
      case ConfigLoaded(var config, _, var warnings, _) -> {
        warnings.forEach(warning -> LOG.warn("{}", warning));
        LOG.info(
            "configuration accepted: zones {}, services {}",
            config.zones().size(),
            config.services().size());
      }
      case ConfigRefused(var problems, _) -> {
        LOG.error("configuration refused, the one before goes on; problems: {}", problems.size());
        for (Problem problem : problems) {
          LOG.error("{}", problem);
        }
      }
      case HealthChanged(var target, _, var status) -> verdict(target, status, step);
      case GeoLoaded(var geo) -> {
        if (geo != step.before().model().geo()) {
          LOG.info("places of clients loaded");
        }
      }
      case FirstRoundDone() -> LOG.info("every target has a verdict");
      case ReadyTimeoutPassed() -> readyTimeout(step);
      case ImportChanged(var members) ->
          LOG.info("cluster {} offers {} members", members.cluster(), members.members().size());
      case ClusterChanged(var status) -> {
        cluster(status.cluster(), status.connected(), status.reason());
        skipped(status, step.before().model().clusters().get(status.cluster()));
      }
      case Overridden(var override) ->
          LOG.info("operator: {} disabled: {}", override.subject(), override.reason());
      case OverrideCleared(var subject) -> LOG.info("operator: {} enabled again", subject);
    }
  }

  private static void verdict(Target target, TargetStatus status, Transition step) {
    TargetStatus before = step.before().model().health().get(target);
    if (!status.warning().isEmpty()
        && (before == null || !before.warning().equals(status.warning()))) {
      LOG.warn("target {}: {}", TargetKey.words(target), status.warning());
    }
    if (before != null && before.verdict() == status.verdict()) {
      return;
    }
    var ofSites = new TreeMap<String, Integer>();
    for (PlannedMember member : step.after().plan().members(target)) {
      if (member.targets().contains(target)) {
        say(
            status.verdict(),
            "member %s of %s at %s is %s: %s"
                .formatted(
                    member.member().target(),
                    Plan.key(member.service().name()),
                    member.member().site(),
                    status.verdict(),
                    status.reason()));
      } else {
        ofSites.merge(member.site().name(), 1, Integer::sum);
      }
    }
    ofSites.forEach(
        (site, members) ->
            say(
                status.verdict(),
                "site %s with its %d members is %s: %s"
                    .formatted(site, members, status.verdict(), status.reason())));
  }

  private static void say(Verdict verdict, String said) {
    if (verdict == Verdict.DOWN) {
      LOG.warn(said);
    } else {
      LOG.info(said);
    }
  }

  private static void readyTimeout(Transition step) {
    if (!step.before().model().answering()) {
      LOG.warn(
          "the wait for the first verdicts and clusters is over; what is unknown counts as"
              + " configured");
    }
  }

  private static void cluster(String context, boolean connected, String reason) {
    if (connected) {
      LOG.info("cluster {} connected: {}", context, reason);
    } else {
      LOG.warn("cluster {} not connected, its members stay as they are: {}", context, reason);
    }
  }

  /** Objects that became no members, each once. */
  private static void skipped(ClusterStatus status, @Nullable ClusterStatus before) {
    var fresh = new ArrayList<>(status.skipped());
    if (before != null) {
      fresh.removeAll(Set.copyOf(before.skipped()));
    }
    fresh.stream()
        .limit(MAX_SKIPPED_SAID)
        .forEach(skipped -> LOG.warn("import: {}: {}", skipped.origin(), skipped.reason()));
    if (fresh.size() > MAX_SKIPPED_SAID) {
      LOG.warn("import: {} more objects are left out", fresh.size() - MAX_SKIPPED_SAID);
    }
  }
}
