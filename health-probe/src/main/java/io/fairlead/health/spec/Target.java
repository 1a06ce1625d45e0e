package io.fairlead.health.spec;

import java.net.InetAddress;
import java.time.Duration;

/**
 * One thing to probe, however many services share it: equal targets are one.
 *
 * @param port {@link #NO_PORT} where the check has none
 */
public record Target(
    Place place, int port, Check check, Duration interval, Duration timeout, int rise, int fall) {
  public static final int NO_PORT = 0;

  public Target {
    require(port >= NO_PORT && port <= 65_535, "port must be 0 to 65535, not " + port);
    require(interval.isPositive(), "interval must be positive, not " + interval);
    require(timeout.isPositive(), "timeout must be positive, not " + timeout);
    require(rise > 0 && fall > 0, "rise and fall must be at least 1, not " + rise + ", " + fall);
  }

  public Target(
      InetAddress address,
      int port,
      Check check,
      Duration interval,
      Duration timeout,
      int rise,
      int fall) {
    this(new Place.Address(address), port, check, interval, timeout, rise, fall);
  }

  /** Where it is, for people: "192.0.2.1:80", "[2001:db8::1]:80", "www.example.com:443". */
  public String where() {
    String host = place.toString();
    return port == NO_PORT ? host : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
