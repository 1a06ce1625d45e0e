package io.fairlead.dns.net;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the server listens. Port 0 lets the system choose a port. Over TCP, and over UDP with
 * Netty, a wildcard stands for all addresses of its own family that the machine has at the start.
 * Over either engine a reply comes from the address that was asked (RFC 2181 section 4).
 *
 * @param threads for UDP at each address, where the platform has SO_REUSEPORT; and as many for TCP
 * @param tcpLimits what clients may hold open
 */
public record ListenSpec(
    List<InetSocketAddress> udp,
    List<InetSocketAddress> tcp,
    int threads,
    Engine engine,
    TcpLimits tcpLimits) {
  public ListenSpec {
    udp = List.copyOf(udp);
    tcp = List.copyOf(tcp);
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; at least 1");
    }
  }

  /** With the engine that suits the machine, and the default limits. */
  public ListenSpec(List<InetSocketAddress> udp, List<InetSocketAddress> tcp, int threads) {
    this(udp, tcp, threads, Engine.AUTO, TcpLimits.DEFAULT);
  }

  /** The same with other limits for TCP. */
  public ListenSpec with(TcpLimits limits) {
    return new ListenSpec(udp, tcp, threads, engine, limits);
  }
}
