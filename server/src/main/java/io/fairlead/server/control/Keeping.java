package io.fairlead.server.control;

import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.state.KeptState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What of the published state is worth keeping over a restart. */
public final class Keeping {
  private Keeping() {}

  public static KeptState of(Published published, Instant now) {
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

  /** Whether a step changed anything that is kept. */
  public static boolean changed(Transition step) {
    Model before = step.before().model();
    Model after = step.after().model();
    return step.replanned()
        || step.events().stream().anyMatch(event -> turns(event, before))
        || before.imports() != after.imports()
        || before.overrides() != after.overrides()
        || before.calm().absences() != after.calm().absences()
        || before.calm().isGuarding() != after.calm().isGuarding();
  }

  /** A verdict that is another: that it is contradicted is not kept. */
  private static boolean turns(ControlEvent event, Model before) {
    return event instanceof ControlEvent.HealthChanged(var target, _, var status)
        && before.lastVerdict(target) != status.verdict();
  }
}
