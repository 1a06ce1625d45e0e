package io.fairlead.health.spec;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to probe, however many services share it: equal targets are one.
 *
 * @param port {@link #NO_PORT} where the check has none
 * @param source addresses of this machine that it is probed from, at most one of a family
 */
public record Target(
    Place place,
    int port,
    Check check,
    Duration interval,
    Duration timeout,
    int rise,
    int fall,
    List<InetAddress> source) {
  public static final int NO_PORT = 0;

  public Target {
    require(port >= NO_PORT && port <= 65_535, "port must be 0 to 65535, not " + port);
    require(interval.isPositive(), "interval must be positive, not " + interval);
    require(timeout.isPositive(), "timeout must be positive, not " + timeout);
    source = List.copyOf(source);
    require(rise > 0 && fall > 0, "rise and fall must be at least 1, not " + rise + ", " + fall);
  }

  /** Probed from where the system chooses. */
  public Target(
      Place place, int port, Check check, Duration interval, Duration timeout, int rise, int fall) {
    this(place, port, check, interval, timeout, rise, fall, List.of());
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

  /** Where it is probed from, if it is at this address; null = the system chooses. */
  public @Nullable InetAddress sourceTo(InetAddress address) {
    for (InetAddress own : source) {
      if (own.getClass() == address.getClass()) {
        return own;
      }
    }
    return null;
  }

  /** Whether nobody probes it: it says itself how it is. */
  public boolean isTold() {
    return check instanceof Check.Push;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
