package io.fairlead.config;

import io.fairlead.health.schedule.Limits;

/**
 * What probing may cost.
 *
 * @param disabledMembers whether members that are disabled are probed as well
 */
public record ProbeSpec(Limits limits, boolean disabledMembers) {
  public static final ProbeSpec DEFAULT = new ProbeSpec(Limits.DEFAULT, false);
}
