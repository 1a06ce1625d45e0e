package io.fairlead.sync.cluster;

import java.time.Duration;

/**
 * How fast things go.
 *
 * @param coalesce changes wait so long for others before the whole set is said: short beside the
 *     200 ms in which a change should be in the answers, long enough that a thousand changes a
 *     second are twenty sets
 * @param poll how often the kubeconfig and the watches are looked at
 * @param reconnect the first wait after a failure; it doubles up to 32 times
 */
record Pace(Duration coalesce, Duration poll, Duration reconnect) {
  static final Pace DEFAULT =
      new Pace(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1));
}
