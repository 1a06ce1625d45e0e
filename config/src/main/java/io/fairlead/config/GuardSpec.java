package io.fairlead.config;

import java.time.Duration;

/**
 * The guard against mass failures, which are rather ours than theirs.
 *
 * @param maxDownShare the share of all monitored members, 0 to 1, that may turn down within the
 *     window; 1 = the guard is off
 * @param window the time in which they turn down
 * @param minimumMembers below so many monitored members the guard is off
 */
public record GuardSpec(double maxDownShare, Duration window, int minimumMembers) {
  public static final GuardSpec DEFAULT = new GuardSpec(0.5, Duration.ofSeconds(30), 20);
}
