package io.fairlead.dns.net;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the server listens.
 *
 * @param threads query threads; each has a UDP socket of its own where the platform has
 *     SO_REUSEPORT
 */
public record ListenSpec(List<InetSocketAddress> udp, List<InetSocketAddress> tcp, int threads) {
  public ListenSpec {
    udp = List.copyOf(udp);
    tcp = List.copyOf(tcp);
  }
}
