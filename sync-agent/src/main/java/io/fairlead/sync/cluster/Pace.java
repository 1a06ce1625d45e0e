package io.fairlead.sync.cluster;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How fast things go.
 *
 * @param coalesce changes wait so long for others before the whole set is said: short beside the
 *     200 ms in which a change should be in the answers, long enough that a thousand changes a
 *     second are twenty sets
 * @param poll how often the kubeconfig and the watches are looked at
 * @param reconnect the first wait after a failure; it doubles up to 32 times
 * @param request the longest time for an answer to begin
 */
record Pace(Duration coalesce, Duration poll, Duration reconnect, Duration request) {
  static final Pace DEFAULT =
      new Pace(
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10));

  private static final double JITTER = 0.25;

  /** Many servers that lost one API server should not come back in step. */
  Pace jittered(RandomGenerator random) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    Duration wait = Duration.ofNanos(Math.round(reconnect.toNanos() * factor));
    return new Pace(coalesce, poll, wait, request);
  }
}
