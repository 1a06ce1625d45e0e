package io.fairlead.server.control;

import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.StateKeeper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What of the published state is worth keeping over a restart. */
public final class Keeping {
  private Keeping() {}

  /** Keeps what a step has changed: what somebody said at once, the rest soon. */
  public static void keep(Transition step, InstantSource clock, StateKeeper keeper) {
    if (changed(step)) {
      Supplier<KeptState> state = () -> of(step.after(), clock.instant());
      var _ = isSaid(step) ? keeper.keep(state) : keeper.keepSoon(state);
    }
  }

  static KeptState of(Published published, Instant now) {
    Model model = published.model();
    var verdicts = new HashMap<>(model.restored().verdicts());
    model
        .health()
        .forEach(
            (target, status) -> {
              if (status.verdict() != Verdict.UNKNOWN) {
                verdicts.put(published.plan().key(target), status.verdict() == Verdict.UP);
              }
            });
    return new KeptState(
        now,
        model.configText(),
        verdicts,
        List.copyOf(model.imports().values()),
        List.copyOf(model.overrides().values()),
        published.plan().zones().stream()
            .collect(Collectors.toMap(zone -> Plan.key(zone.apex()), zone -> zone.serial())),
        model.calm().absences(),
        model.calm().guardedSince());
  }

  private static boolean changed(Transition step) {
    Model before = step.before().model();
    Model after = step.after().model();
    return step.replanned()
        || step.events().stream().anyMatch(event -> turns(event, before))
        || before.imports() != after.imports()
        || before.overrides() != after.overrides()
        || before.calm().absences() != after.calm().absences()
        || before.calm().isGuarding() != after.calm().isGuarding();
  }

  /** Whether somebody said what has changed: he is not to say it twice, whatever comes. */
  private static boolean isSaid(Transition step) {
    Model before = step.before().model();
    Model after = step.after().model();
    return before.overrides() != after.overrides()
        || !before.configText().equals(after.configText());
  }

  /** A verdict that is another: that it is contradicted is not kept. */
  private static boolean turns(ControlEvent event, Model before) {
    return event instanceof ControlEvent.HealthChanged(var target, _, var status)
        && before.lastVerdict(target) != status.verdict();
  }
}
