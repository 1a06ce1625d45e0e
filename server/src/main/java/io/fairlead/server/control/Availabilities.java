package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.choice.Availability;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From verdicts, operators' words and calm to what a query may hand out. */
final class Availabilities {
  private static final List<Availability> FROM_WORST =
      List.of(
          Availability.DOWN, Availability.ASSUMED_DOWN, Availability.ASSUMED_UP, Availability.UP);

  private Availabilities() {}

  static Availability of(PlannedMember member, Model model) {
    OperatorOverride own = own(member, model);
    OperatorOverride site = site(member, model);
    if (!isEnabled(member, model)) {
      return Availability.DISABLED;
    }
    if (own != null && is(own, OperatorOverride.State.DRAIN)) {
      return drained(own, member, model.calm().now());
    }
    if (site != null && is(site, OperatorOverride.State.DRAIN)) {
      return drained(site, member, model.calm().now());
    }
    Availability byVerdicts = byVerdicts(member, model);
    if (!byVerdicts.eligible() && model.calm().guards(member.subject())) {
      return Availability.GUARDED;
    }
    return byVerdicts.eligible() && holds(member, model) ? held(member) : byVerdicts;
  }

  /** Whether no operator has disabled it, and neither an operator nor the file its site. */
  static boolean isEnabled(PlannedMember member, Model model) {
    OperatorOverride own = own(member, model);
    return !is(own, OperatorOverride.State.DISABLE) && siteEnabled(member, model);
  }

  // A name is written out for each question about a member, and with 100,000 services most of a
  // judgement would be that: nobody is asked about while there is nobody to be found.

  private static @Nullable OperatorOverride own(PlannedMember member, Model model) {
    return model.overrides().isEmpty() ? null : model.overrides().get(member.subject());
  }

  private static boolean holds(PlannedMember member, Model model) {
    return !model.calm().absences().isEmpty() && model.calm().holds(member.subject());
  }

  private static @Nullable OperatorOverride site(PlannedMember member, Model model) {
    return model.overrides().get(new Subject.Site(member.member().site()));
  }

  private static boolean is(@Nullable OperatorOverride override, OperatorOverride.State state) {
    return override != null && override.state() == state;
  }

  /** What an operator says of the site; what the file says where no operator does. */
  static boolean siteEnabled(PlannedMember member, Model model) {
    OperatorOverride word = site(member, model);
    return word == null ? member.site().enabled() : word.state() != OperatorOverride.State.DISABLE;
  }

  private static Availability drained(OperatorOverride drain, PlannedMember member, Instant now) {
    return now.isBefore(Drains.end(drain, member.service()))
        ? Availability.DRAINING
        : Availability.DRAINED;
  }

  private static Availability held(PlannedMember member) {
    return member.pool().failback().manual() ? Availability.WAITING : Availability.HELD;
  }

  /** Its site's own checks must all pass; then as many of its own as its service asks for. */
  private static Availability byVerdicts(PlannedMember member, Model model) {
    List<Target> ofSite = member.site().targets();
    Availability site = atLeast(ofSite.size(), ofSite, model);
    Availability own = atLeast(member.required(), member.targets(), model);
    return FROM_WORST.indexOf(site) < FROM_WORST.indexOf(own) ? site : own;
  }

  /** What is known counts before what is assumed: it is down when too many are known to be. */
  private static Availability atLeast(int required, List<Target> targets, Model model) {
    if (required == 0) {
      return Availability.UP;
    }
    var found = new EnumMap<Availability, Integer>(Availability.class);
    targets.forEach(target -> found.merge(byVerdict(target, model), 1, Integer::sum));
    int enough = 0;
    for (Availability state : FROM_WORST.reversed()) {
      enough += found.getOrDefault(state, 0);
      if (enough >= required) {
        return state;
      }
    }
    return Availability.DOWN;
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
