package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.choice.Availability;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.state.OperatorOverride;
import java.util.List;

/** From verdicts and operators' words to what a query may hand out. */
final class Availabilities {
  private Availabilities() {}

  static Availability of(PlannedMember member, Model model) {
    if (!member.member().enabled()
        || !member.pool().enabled()
        || !member.site().enabled()
        || model.overrides().containsKey(member.subject())
        || model
            .overrides()
            .containsKey(new OperatorOverride.Subject.Site(member.member().site()))) {
      return Availability.DISABLED;
    }
    return byVerdicts(member, model);
  }

  /** Its site's own checks must all pass; then as many of its own as its service asks for. */
  private static Availability byVerdicts(PlannedMember member, Model model) {
    List<Target> ofSite = member.site().targets();
    Availability site = atLeast(ofSite.size(), ofSite, model);
    return site == Availability.DOWN
        ? site
        : worse(site, atLeast(member.required(), member.targets(), model));
  }

  /** What is known counts before what is assumed: it is down when too many are known to be. */
  private static Availability atLeast(int required, List<Target> targets, Model model) {
    int up = 0;
    int assumedUp = 0;
    int assumedDown = 0;
    for (Target target : targets) {
      switch (byVerdict(target, model)) {
        case UP -> up++;
        case ASSUMED_UP -> assumedUp++;
        case ASSUMED_DOWN -> assumedDown++;
        case DOWN, DISABLED, HELD, DRAINING -> {}
      }
    }
    if (up >= required) {
      return Availability.UP;
    }
    if (up + assumedUp >= required) {
      return Availability.ASSUMED_UP;
    }
    return up + assumedUp + assumedDown >= required ? Availability.ASSUMED_DOWN : Availability.DOWN;
  }

  private static Availability worse(Availability one, Availability other) {
    List<Availability> fromWorst =
        List.of(Availability.DOWN, Availability.ASSUMED_DOWN, Availability.ASSUMED_UP);
    return fromWorst.stream()
        .filter(state -> state == one || state == other)
        .findFirst()
        .orElse(Availability.UP);
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
