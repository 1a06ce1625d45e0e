package io.fairlead.dns.net;

import java.time.Duration;

/**
 * What strangers may hold open over TCP (RFC 7766 section 6.2.2, RFC 9210 section 4.2). A newcomer
 * is never turned away: over a limit, the connection that has been idle for longest makes room.
 *
 * @param maxConnections over all clients
 * @param maxPerClient for one IPv4 address or one IPv6 /64, which is what a single host commonly
 *     has to itself
 * @param idleTimeout how long a connection lives after its last whole message (RFC 7766 section
 *     6.2.3: "in the order of a few seconds"); octets that complete no message do not extend it
 */
public record TcpLimits(int maxConnections, int maxPerClient, Duration idleTimeout) {
  public static final TcpLimits DEFAULT = new TcpLimits(10_000, 100, Duration.ofSeconds(10));

  public TcpLimits {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections is " + maxConnections + "; at least 1");
    }
    if (maxPerClient < 1) {
      throw new IllegalArgumentException("maxPerClient is " + maxPerClient + "; at least 1");
    }
    if (!idleTimeout.isPositive()) {
      throw new IllegalArgumentException("idleTimeout is " + idleTimeout + "; more than zero");
    }
  }

  /** The same with this many connections over all clients. */
  public TcpLimits withMaxConnections(int connections) {
    return new TcpLimits(connections, maxPerClient, idleTimeout);
  }
}
