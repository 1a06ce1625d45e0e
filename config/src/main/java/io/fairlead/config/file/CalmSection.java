package io.fairlead.config.file;

import io.fairlead.config.CalmSpec;
import io.fairlead.config.GuardSpec;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import java.time.Duration;

/** The section {@code calm}. */
final class CalmSection {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final Key<Duration> HOLD_DOWN =
      Key.otherwise(
          "holdDown",
          Durations.between(SHORTEST, LONGEST),
          "off",
          "how long a member that failed stays out once it is well; doubles with each failure");
  private static final Key<Duration> HOLD_DOWN_MAX =
      Key.optional(
          "holdDownMax",
          Durations.between(SHORTEST, LONGEST),
          CalmSpec.DEFAULT_HOLD_DOWN_MAX,
          "the longest hold-down; a failure is forgotten after as long a time without one");

  static final KeyTable KEYS =
      KeyTable.of("the calm of members that flap", HOLD_DOWN, HOLD_DOWN_MAX);

  private CalmSection() {}

  static CalmSpec read(Section calm, GuardSpec guard) {
    Duration holdDown = calm.find(HOLD_DOWN);
    Duration most = calm.get(HOLD_DOWN_MAX);
    if (holdDown == null) {
      calm.refuse(HOLD_DOWN_MAX, "a calm with a holdDown");
      return new CalmSpec(Duration.ZERO, most, guard);
    }
    if (calm.isSound(HOLD_DOWN, HOLD_DOWN_MAX) && holdDown.compareTo(most) > 0) {
      calm.error(
          HOLD_DOWN,
          "the hold-down is longer than the longest, holdDownMax; allowed: at most as long");
    }
    return new CalmSpec(holdDown, most, guard);
  }
}
