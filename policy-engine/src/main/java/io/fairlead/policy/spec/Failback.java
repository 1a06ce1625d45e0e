package io.fairlead.policy.spec;

import java.time.Duration;

/**
 * How a pool's member that failed comes back once its checks pass again.
 *
 * @param manual only when an operator resumes it
 * @param resumeAfter how long its checks must have passed without a break; zero = at once
 * @param slowStart how long its share grows to the whole once it is back; zero = whole at once
 */
public record Failback(boolean manual, Duration resumeAfter, Duration slowStart) {
  public static final Failback AT_ONCE = new Failback(false, Duration.ZERO, Duration.ZERO);

  /** What holds for a member of two pools: the more careful of each. */
  public Failback and(Failback other) {
    return new Failback(
        manual || other.manual,
        longer(resumeAfter, other.resumeAfter),
        longer(slowStart, other.slowStart));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
