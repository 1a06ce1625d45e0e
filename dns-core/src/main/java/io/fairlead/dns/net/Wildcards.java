package io.fairlead.dns.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Takes a wildcard apart into the addresses of the machine. A UDP socket bound to a wildcard has to
 * name the source of each reply (IP_PKTINFO), which Netty cannot: the reply would leave from
 * whatever address the route prefers, and the resolver would not take it (RFC 2181 section 4). What
 * it costs: an address that the machine gets later is not listened on until the next start.
 */
final class Wildcards {
  private Wildcards() {}

  /** In order, each address once. */
  static SequencedSet<InetSocketAddress> expand(List<InetSocketAddress> asked)
      throws SocketException {
    var all = new LinkedHashSet<InetSocketAddress>();
    for (InetSocketAddress address : asked) {
      if (!address.isUnresolved() && address.getAddress().isAnyLocalAddress()) {
        addLocal(address, all);
      } else {
        all.add(address);
      }
    }
    return all;
  }

  private static void addLocal(InetSocketAddress wildcard, SequencedSet<InetSocketAddress> all)
      throws SocketException {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()) {
        each.inetAddresses()
            .filter(local -> isOfFamily(local, wildcard.getAddress()))
            .forEach(local -> all.add(new InetSocketAddress(local, wildcard.getPort())));
      }
    }
  }

  /** Whether a socket at the wildcard gets what is sent to the other address. */
  static boolean has(InetSocketAddress wildcard, InetSocketAddress other) {
    return wildcard.getPort() == other.getPort()
        && isOfFamily(other.getAddress(), wildcard.getAddress());
  }

  private static boolean isOfFamily(InetAddress local, InetAddress wildcard) {
    return local.getAddress().length == wildcard.getAddress().length;
  }
}
