package io.fairlead.dns.limit;

import java.net.InetAddress;
import java.util.List;

/**
 * What response rate limiting is told.
 *
 * @param responsesPerSecond of one kind, to one prefix
 * @param slip every so-manieth reply over the limit is a short one that leads a real client to TCP;
 *     1 = each, 0 = none; all others are not sent
 * @param ipv4Prefix bits of an IPv4 address that make a client
 * @param ipv6Prefix the same of IPv6
 * @param allow who is never limited
 */
public record RateLimitSpec(
    boolean enabled,
    int responsesPerSecond,
    int slip,
    int ipv4Prefix,
    int ipv6Prefix,
    List<Prefix> allow) {
  public static final int MAX_SLIP = 10;

  /** Packets from loopback come from this machine: the system takes in no forged ones. */
  public static final List<Prefix> LOOPBACK =
      List.of(
          new Prefix(InetAddress.ofLiteral("127.0.0.0"), 8),
          new Prefix(InetAddress.ofLiteral("::1"), 128));

  /** As NSD's and BIND's, but for loopback, where resolvers and load tests of one's own are. */
  public static final RateLimitSpec DEFAULT = new RateLimitSpec(true, 200, 2, 24, 56, LOOPBACK);

  public RateLimitSpec {
    allow = List.copyOf(allow);
    if (responsesPerSecond < 1 || slip < 0 || slip > MAX_SLIP) {
      throw new IllegalArgumentException(
          responsesPerSecond + " responses a second, slip " + slip + ": out of range");
    }
  }
}
