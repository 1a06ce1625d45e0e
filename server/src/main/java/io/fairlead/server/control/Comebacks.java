package io.fairlead.server.control;

import io.fairlead.config.CalmSpec;
import io.fairlead.config.FairleadConfig;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.Failback;
import io.fairlead.server.calm.Calm;
import io.fairlead.server.calm.ReturnRules;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From verdicts about targets to members that fail and come back. */
final class Comebacks {
  private final Published before;
  private final Map<Target, Verdict> heard = new HashMap<>();

  private Comebacks(Published before) {
    this.before = before;
  }

  /**
   * The calm after these events, in their order.
   *
   * @param model what else the events have made
   * @param plan what is served from now on
   */
  static Calm after(Published before, Model model, Plan plan, List<ControlEvent> events) {
    var comebacks = new Comebacks(before);
    Calm.Draft draft = before.model().calm().draft(rules(plan, model.config()));
    events.forEach(event -> comebacks.tell(event, draft));
    boolean sameMembers = plan == before.plan();
    return draft.settled(member -> sameMembers || !plan.members(member).isEmpty());
  }

  /** What is asked of a member; the most careful of its pools decides. */
  static Function<Subject.Member, ReturnRules> rules(Plan plan, @Nullable FairleadConfig config) {
    CalmSpec calm = config == null ? CalmSpec.OFF : config.calm();
    return member ->
        new ReturnRules(
            plan.members(member).stream()
                .map(planned -> planned.pool().failback())
                .reduce(Failback.AT_ONCE, Failback::and),
            calm);
  }

  private void tell(ControlEvent event, Calm.Draft draft) {
    switch (event) {
      case ControlEvent.TimePassed(var at) -> draft.passed(at);
      case ControlEvent.Restored(var state) -> draft.restored(state.absences());
      case ControlEvent.Resumed(var member, var at) -> draft.resumed(member, at);
      case ControlEvent.HealthChanged(var target, _, var status) -> {
        Map<Subject.Member, Verdict> was = verdicts(target);
        heard.put(target, status.verdict());
        verdicts(target)
            .forEach(
                (member, is) -> {
                  if (was.get(member) == Verdict.UP && is == Verdict.DOWN) {
                    draft.failed(member, status.since());
                  } else if (was.get(member) != Verdict.UP && is == Verdict.UP) {
                    draft.well(member, status.since());
                  } else if (is == Verdict.DOWN) {
                    draft.notWell(member);
                  }
                });
      }
      case ControlEvent.ConfigLoaded _,
          ControlEvent.ConfigRefused _,
          ControlEvent.FirstRoundDone _,
          ControlEvent.ReadyTimeoutPassed _,
          ControlEvent.ImportChanged _,
          ControlEvent.GeoLoaded _,
          ControlEvent.ClusterChanged _,
          ControlEvent.Overridden _,
          ControlEvent.OverrideCleared _ -> {}
    }
  }

  /** What is believed of each member that this target's verdict is about. */
  private Map<Subject.Member, Verdict> verdicts(Target target) {
    return before.plan().members(target).stream()
        .collect(Collectors.toMap(PlannedMember::subject, this::verdict, (a, _) -> a));
  }

  /** Down where one of its targets is; up where all of them are. */
  private Verdict verdict(PlannedMember member) {
    Set<Verdict> all = member.targets().stream().map(this::verdict).collect(Collectors.toSet());
    return all.contains(Verdict.DOWN)
        ? Verdict.DOWN
        : all.contains(Verdict.UNKNOWN) ? Verdict.UNKNOWN : Verdict.UP;
  }

  private Verdict verdict(Target target) {
    Verdict newest = heard.get(target);
    return newest != null ? newest : before.model().lastVerdict(target);
  }
}
