package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.choice.Availability;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.state.OperatorOverride;

/** From verdicts and operators' words to what a query may hand out. */
final class Availabilities {
  private Availabilities() {}

  static Availability of(PlannedMember member, Model model) {
    if (!member.member().enabled()
        || !member.pool().enabled()
        || !member.siteEnabled()
        || model.overrides().containsKey(member.subject())
        || model
            .overrides()
            .containsKey(new OperatorOverride.Subject.Site(member.member().site()))) {
      return Availability.DISABLED;
    }
    return byVerdicts(member, model);
  }

  /** All of its targets must be up; one that is down decides, then one that is unknown. */
  private static Availability byVerdicts(PlannedMember member, Model model) {
    Availability worst = Availability.UP;
    for (Target target : member.targets()) {
      Availability one = byVerdict(target, model);
      if (one == Availability.DOWN) {
        return one;
      }
      if (one == Availability.ASSUMED_DOWN || worst == Availability.UP) {
        worst = one;
      }
    }
    return worst;
  }

  private static Availability byVerdict(Target target, Model model) {
    return switch (verdict(target, model)) {
      case UP -> Availability.UP;
      case DOWN -> Availability.DOWN;
      case UNKNOWN -> assumed(target, model);
    };
  }

  static Verdict verdict(Target target, Model model) {
    TargetStatus status = model.health().get(target);
    return status == null ? Verdict.UNKNOWN : status.verdict();
  }

  private static Availability assumed(Target target, Model model) {
    FairleadConfig config = model.config();
    if (config == null) {
      return Availability.ASSUMED_DOWN;
    }
    return switch (config.node().answerWhenUnknown()) {
      case UP -> Availability.ASSUMED_UP;
      case DOWN -> Availability.ASSUMED_DOWN;
      case LAST -> {
        Boolean lastUp = model.restored().verdicts().get(TargetKey.of(target));
        yield lastUp == null || lastUp ? Availability.ASSUMED_UP : Availability.ASSUMED_DOWN;
      }
    };
  }
}
