package io.fairlead.sync.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a service has that only GlobalServices say; null = as the configuration file has it by
 * default.
 *
 * @param answers records in one reply; 0 = all that are up
 * @param minMembersUp pools join by falling priority until so many are up
 * @param monitorsRequired how many of the monitors a member must pass; 0 = all of them
 * @param doubtTtl the TTL while a verdict is in doubt
 * @param manualResume whether a member that failed waits for an operator
 * @param resumeAfter how long a member that failed must be well
 * @param slowStart how long the share of a member that is back grows
 */
public record ServiceOptions(
    @Nullable Integer answers,
    @Nullable Integer minMembersUp,
    @Nullable Integer monitorsRequired,
    @Nullable Duration doubtTtl,
    @Nullable Boolean manualResume,
    @Nullable Duration resumeAfter,
    @Nullable Duration slowStart) {
  public static final ServiceOptions NONE =
      new ServiceOptions(null, null, null, null, null, null, null);
}
