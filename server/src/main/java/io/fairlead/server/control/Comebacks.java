package io.fairlead.server.control;

import io.fairlead.config.CalmSpec;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.GuardSpec;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.Failback;
import io.fairlead.server.calm.Calm;
import io.fairlead.server.calm.CalmDraft;
import io.fairlead.server.calm.Fleet;
import io.fairlead.server.calm.ReturnRules;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    var draft = new CalmDraft(before.model().calm(), fleet(plan, model.config()));
    events.forEach(event -> comebacks.tell(event, draft));
    boolean sameMembers = plan == before.plan();
    return draft.settled(member -> sameMembers || isProbed(plan, member));
  }

  /** One that nobody probes any more would never be well again. */
  private static boolean isProbed(Plan plan, Subject.Member member) {
    return plan.members(member).stream()
        .anyMatch(m -> !m.targets().isEmpty() || !m.site().targets().isEmpty());
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

  static Fleet fleet(Plan plan, @Nullable FairleadConfig config) {
    return new Fleet(
        rules(plan, config),
        member -> plan.members(member).stream().findFirst().map(m -> m.member().site()).orElse(""),
        plan.monitored(),
        config == null ? GuardSpec.DEFAULT : config.calm().guard());
  }

  private void tell(ControlEvent event, CalmDraft draft) {
    switch (event) {
      case ControlEvent.TimePassed(var at) -> draft.passed(at);
      case ControlEvent.Restored(var state) -> draft.restored(state);
      case ControlEvent.Resumed(var member, var at) -> draft.resumed(member, at);
      case ControlEvent.GuardReleased(var at) -> draft.released(at);
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
      case ControlEvent.BlindChanged(var blind) -> draft.blind(blind);
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

  private Verdict verdict(PlannedMember member) {
    return member.verdict(this::verdict);
  }

  private Verdict verdict(Target target) {
    Verdict newest = heard.get(target);
    return newest != null ? newest : before.model().lastVerdict(target);
  }
}
