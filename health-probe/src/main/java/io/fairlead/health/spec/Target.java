package io.fairlead.health.spec;

import java.net.InetAddress;
import java.time.Duration;

/**
 * One thing to probe, however many services share it: equal targets are one. Names are looked up
 * before; a target is always an address.
 */
public record Target(
    InetAddress address,
    int port,
    Check check,
    Duration interval,
    Duration timeout,
    int rise,
    int fall) {
  public Target {
    require(port > 0 && port <= 65_535, "port must be 1 to 65535, not " + port);
    require(interval.isPositive(), "interval must be positive, not " + interval);
    require(timeout.isPositive(), "timeout must be positive, not " + timeout);
    require(rise > 0 && fall > 0, "rise and fall must be at least 1, not " + rise + ", " + fall);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
