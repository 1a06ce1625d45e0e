package io.fairlead.server.control;

import io.fairlead.health.spec.Target;
import io.fairlead.policy.spec.PoolMember;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.state.OperatorOverride;
import java.util.List;

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

  /** How an operator names it. */
  OperatorOverride.Subject.Member subject() {
    return new OperatorOverride.Subject.Member(Plan.key(service.name()), member.target());
  }
}
