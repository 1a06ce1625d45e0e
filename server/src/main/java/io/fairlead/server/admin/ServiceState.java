package io.fairlead.server.admin;

import io.fairlead.dns.choice.Availability;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import java.util.List;
import java.util.Locale;

/** A service in one word: what an operator looks for first. */
enum ServiceState {
  /** Every member that is enabled is eligible. */
  UP,
  /** Some are not. */
  DEGRADED,
  /** None is: the down response is given. */
  DOWN,
  /** None is enabled. */
  DISABLED;

  static ServiceState of(List<PlannedMember> members, Published published) {
    int enabled = 0;
    int eligible = 0;
    for (PlannedMember member : members) {
      Availability availability = published.availability(member);
      enabled += availability.enabled() ? 1 : 0;
      eligible += availability.eligible() ? 1 : 0;
    }
    if (enabled == 0) {
      return DISABLED;
    }
    return eligible == 0 ? DOWN : eligible < enabled ? DEGRADED : UP;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
