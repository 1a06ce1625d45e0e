package io.fairlead.server.control;

import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.state.OperatorOverride;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;

/** Members that operators let go: drained once every cache that keeps to the TTL has forgotten. */
final class Drains {
  private Drains() {}

  /** When the last answer of this service with a member that is drained is forgotten. */
  static Instant end(OperatorOverride drain, ServiceSpec service) {
    return drain.since().plusSeconds(service.ttlSeconds());
  }

  /** When the next member is drained after this moment; {@link Instant#MAX} where none will be. */
  static Instant nextEnd(Model model, Plan plan, Instant now) {
    return all(model.overrides().values())
        .flatMap(drain -> plan.members(drain.subject()).stream().map(m -> end(drain, m.service())))
        .filter(end -> end.isAfter(now))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  static Stream<OperatorOverride> all(Collection<OperatorOverride> overrides) {
    return overrides.stream().filter(override -> override.state() == OperatorOverride.State.DRAIN);
  }
}
