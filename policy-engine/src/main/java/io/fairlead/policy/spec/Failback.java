package io.fairlead.policy.spec;

import java.time.Duration;

/**
 * How a pool's member that failed comes back once its checks pass again.
 *
 * @param manual only when an operator resumes it
 * @param resumeAfter how long its checks must have passed without a break; zero = at once
 */
public record Failback(boolean manual, Duration resumeAfter) {
  public static final Failback AT_ONCE = new Failback(false, Duration.ZERO);

  /** What holds for a member of two pools: the more careful of each. */
  public Failback and(Failback other) {
    return new Failback(manual || other.manual, later(resumeAfter, other.resumeAfter));
  }

  private static Duration later(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
