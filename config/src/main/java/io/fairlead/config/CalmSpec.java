package io.fairlead.config;

import java.time.Duration;

/**
 * How members that flap are kept out, and what is done when very many fail at once.
 *
 * @param holdDown how long a member stays out after its first failure once it is well again; twice
 *     as long after each further one; zero = not at all
 * @param holdDownMax the longest that becomes, and how long a member must stay well for one failure
 *     to be forgotten
 */
public record CalmSpec(Duration holdDown, Duration holdDownMax, GuardSpec guard) {
  public static final Duration DEFAULT_HOLD_DOWN_MAX = Duration.ofMinutes(10);
  public static final CalmSpec OFF =
      new CalmSpec(Duration.ZERO, DEFAULT_HOLD_DOWN_MAX, GuardSpec.DEFAULT);

  /** 2^30 of the shortest hold-down is longer than the longest one that is allowed. */
  private static final int MAX_DOUBLINGS = 30;

  /** How long a member stays out whose failure is the so-manieth that counts. */
  public Duration holdDownAfter(int flaps) {
    if (flaps < 1) {
      return Duration.ZERO;
    }
    Duration doubled = holdDown.multipliedBy(1L << Math.min(flaps - 1, MAX_DOUBLINGS));
    return doubled.compareTo(holdDownMax) < 0 ? doubled : holdDownMax;
  }
}
