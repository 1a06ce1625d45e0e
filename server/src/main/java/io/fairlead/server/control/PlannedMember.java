package io.fairlead.server.control;

import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.PoolMember;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.state.OperatorOverride;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A member with all that control needs to judge it.
 *
 * @param endpoint its dense number
 * @param targets what is probed for it; empty = not probed, taken as up
 * @param site its site's own check
 */
public record PlannedMember(
    int endpoint,
    ServiceSpec service,
    PoolSpec pool,
    PoolMember member,
    List<Target> targets,
    PlannedSite site) {
  public PlannedMember {
    targets = List.copyOf(targets);
  }

  /** How many of the targets must be up. */
  int required() {
    return service.monitorsRequired() == ServiceSpec.ALL_MONITORS
        ? targets.size()
        : Math.min(service.monitorsRequired(), targets.size());
  }

  /** What is believed of it, given what is believed of each target. */
  Verdict verdict(Function<Target, Verdict> believed) {
    List<Verdict> both =
        List.of(
            atLeast(site.targets().size(), site.targets(), believed),
            atLeast(required(), targets, believed));
    return both.contains(Verdict.DOWN)
        ? Verdict.DOWN
        : both.contains(Verdict.UNKNOWN) ? Verdict.UNKNOWN : Verdict.UP;
  }

  private static Verdict atLeast(
      int required, List<Target> targets, Function<Target, Verdict> believed) {
    List<Verdict> verdicts = targets.stream().map(believed).toList();
    int up = Collections.frequency(verdicts, Verdict.UP);
    if (up >= required) {
      return Verdict.UP;
    }
    int possible = up + Collections.frequency(verdicts, Verdict.UNKNOWN);
    return possible >= required ? Verdict.UNKNOWN : Verdict.DOWN;
  }

  /** How an operator names it. */
  OperatorOverride.Subject.Member subject() {
    return new OperatorOverride.Subject.Member(Plan.key(service.name()), member.target());
  }
}
