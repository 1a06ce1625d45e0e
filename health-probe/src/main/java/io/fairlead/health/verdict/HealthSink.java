package io.fairlead.health.verdict;

import io.fairlead.health.spec.Target;

/** Who is told; called on the prober's thread, must not block. */
public interface HealthSink {
  /** A target's verdict, or what it is warned of, is another than before. */
  void changed(Target target, TargetStatus status);

  /** A target's verdict is contradicted by its last probe, or no longer; it has not changed. */
  default void doubted(Target target, TargetStatus status) {}

  /** Every target that was there at the start has a verdict; told once. */
  void firstRoundDone();

  /**
   * Whether this node sees nothing of its surroundings, so that failures say nothing; told when it
   * changes.
   */
  default void blind(boolean blind) {}
}
