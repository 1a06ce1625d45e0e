package io.fairlead.health.verdict;

import io.fairlead.health.spec.Target;

/** Who is told; called on the prober's thread, must not block. */
public interface HealthSink {
  /** A target's verdict, what it is warned of, or whether it is contradicted, is another now. */
  void changed(Target target, TargetStatus status);

  /** Every target that was there at the start has a verdict; told once. */
  void firstRoundDone();

  /**
   * Whether this node sees nothing of its surroundings, so that failures say nothing; told when it
   * changes.
   */
  default void blind(boolean blind) {}
}
