package io.fairlead.server.control;

import io.fairlead.server.control.ControlEvent.BlindChanged;
import io.fairlead.server.control.ControlEvent.ClusterChanged;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.ConfigRefused;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.GeoLoaded;
import io.fairlead.server.control.ControlEvent.GuardReleased;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.control.ControlEvent.ImportChanged;
import io.fairlead.server.control.ControlEvent.Overridden;
import io.fairlead.server.control.ControlEvent.OverrideCleared;
import io.fairlead.server.control.ControlEvent.ReadyTimeoutPassed;
import io.fairlead.server.control.ControlEvent.Restored;
import io.fairlead.server.control.ControlEvent.Resumed;
import io.fairlead.server.control.ControlEvent.TimePassed;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.merge.ClusterMembers;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what else a step of control brought, each once: what is no event for streams and webhooks.
 */
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
      case ConfigLoaded(_, _, var warnings, _) ->
          warnings.forEach(warning -> LOG.warn("{}", warning));
      case ConfigRefused(var problems, _) -> problems.forEach(problem -> LOG.error("{}", problem));
      case HealthChanged _, BlindChanged _ -> {}
      case GeoLoaded(var geo) -> {
        if (geo != step.before().model().geo()) {
          LOG.info("places of clients loaded");
        }
      }
      case FirstRoundDone() -> LOG.info("every target has a verdict");
      case ReadyTimeoutPassed() -> readyTimeout(step);
      case ImportChanged(var members) ->
          offered(members, step.before().model().imports().get(members.cluster()));
      case ClusterChanged(var status) ->
          skipped(status, step.before().model().clusters().get(status.cluster()));
      case Overridden _, OverrideCleared _, Resumed _, GuardReleased _, TimePassed _ -> {}
    }
  }

  private static void readyTimeout(Transition step) {
    if (!step.before().model().answering()) {
      LOG.warn(
          "the wait for the first verdicts and clusters is over; what is unknown counts as"
              + " configured");
    }
  }

  /** By number: which members came and went is said of each. */
  private static void offered(ClusterMembers now, @Nullable ClusterMembers before) {
    if (before == null || before.members().size() != now.members().size()) {
      LOG.info("cluster {} offers {} members", now.cluster(), now.members().size());
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
