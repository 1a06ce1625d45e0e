package io.fairlead.dns.net;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the server listens. Port 0 lets the system choose a port. A wildcard stands for all
 * addresses of its own family that the machine has at the start, each with sockets of its own: only
 * so does a UDP reply come from the address that was asked (RFC 2181 section 4).
 *
 * @param threads query threads; each has a UDP socket of its own where the platform has
 *     SO_REUSEPORT
 * @param tcpLimits what clients may hold open
 */
public record ListenSpec(
    List<InetSocketAddress> udp, List<InetSocketAddress> tcp, int threads, TcpLimits tcpLimits) {
  public ListenSpec {
    udp = List.copyOf(udp);
    tcp = List.copyOf(tcp);
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; at least 1");
    }
  }

  /** With the default limits. */
  public ListenSpec(List<InetSocketAddress> udp, List<InetSocketAddress> tcp, int threads) {
    this(udp, tcp, threads, TcpLimits.DEFAULT);
  }
}
