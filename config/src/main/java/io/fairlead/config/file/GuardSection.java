package io.fairlead.config.file;

import io.fairlead.config.GuardSpec;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import java.time.Duration;

/** The section {@code guard}. */
final class GuardSection {
  /** More than the largest installation has. */
  private static final int MOST_MEMBERS = 10_000_000;

  private static final Key<Double> MAX_DOWN_SHARE =
      Key.optional(
          "maxDownShare",
          Numbers.decimal(0, 1),
          GuardSpec.DEFAULT.maxDownShare(),
          "the share of the monitored members that may turn down within the window; 1 = off");
  private static final Key<Duration> WINDOW =
      Key.optional(
          "window",
          Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
          GuardSpec.DEFAULT.window(),
          "the time in which they turn down");
  private static final Key<Integer> MINIMUM_MEMBERS =
      Key.optional(
          "minimumMembers",
          Numbers.between(1, MOST_MEMBERS),
          GuardSpec.DEFAULT.minimumMembers(),
          "below so many monitored members the guard is off");

  static final KeyTable KEYS =
      KeyTable.of("the mass-down guard", MAX_DOWN_SHARE, WINDOW, MINIMUM_MEMBERS);

  private GuardSection() {}

  static GuardSpec read(Section guard) {
    return new GuardSpec(guard.get(MAX_DOWN_SHARE), guard.get(WINDOW), guard.get(MINIMUM_MEMBERS));
  }
}
