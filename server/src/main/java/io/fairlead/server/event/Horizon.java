package io.fairlead.server.event;

import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.Plan;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When the answers from before are forgotten: a resolver keeps them for their TTL, no longer. */
final class Horizon {
  private Horizon() {}

  static Instant of(ServiceSpec service, Instant at) {
    return at.plusSeconds(service.ttlSeconds());
  }

  /**
   * Of another plan. What a changed service said is kept for its TTL; that a new name did not exist
   * is kept for the zone's negative TTL (RFC 2308 section 5).
   *
   * @return null where neither zones nor services have changed
   */
  static @Nullable Instant of(Plan before, Plan after, Instant at) {
    long seconds = -1;
    Set<ServiceSpec> stay = new HashSet<>(after.services());
    for (ServiceSpec service : before.services()) {
      if (!stay.remove(service)) {
        seconds = Math.max(seconds, service.ttlSeconds());
      }
    }
    boolean fresh = !stay.isEmpty();
    for (ZoneSpec zone : before.zones()) {
      if (fresh || !after.zones().contains(zone)) {
        seconds = Math.max(seconds, zone.negativeTtlSeconds());
      }
      if (!after.zones().contains(zone)) {
        seconds = Math.max(seconds, longest(zone));
      }
    }
    return seconds < 0 ? null : at.plusSeconds(seconds);
  }

  private static long longest(ZoneSpec zone) {
    return zone.records().stream().mapToLong(record -> record.ttlSeconds()).max().orElse(0);
  }
}
