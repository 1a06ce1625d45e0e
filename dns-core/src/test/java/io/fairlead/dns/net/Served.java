package io.fairlead.dns.net;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.transfer.Transfers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A listener on 127.0.0.1 and ::1, on ports of the system's choice, and what it tells of faults.
 */
final class Served implements AutoCloseable {
  static final InetSocketAddress IPV4 = address("127.0.0.1", 0);
  static final InetSocketAddress IPV6 = address("::1", 0);

  /** Longer than any test waits. */
  static final Duration LONG = Duration.ofSeconds(100);

  final DnsListener listener;
  final List<NetFault> faults = new CopyOnWriteArrayList<>();

  Served(NettyTransport transport, ListenSpec spec, PacketHandler handler) throws IOException {
    listener =
        DnsListener.bind(transport, spec, handler, Transfers.none(), new Counters(), faults::add);
  }

  Served(Wire wire, ListenSpec spec, PacketHandler handler) throws IOException {
    this(wire.transport, wire.over(spec), handler);
  }

  /** Nothing is ever closed as idle. */
  Served(Wire wire, PacketHandler handler) throws IOException {
    this(wire, spec(2, idleTimeout(LONG)), handler);
  }

  /** Nothing is ever closed as idle: so what closes, closes for its own reason. */
  Served(NettyTransport transport, PacketHandler handler) throws IOException {
    this(transport, idleTimeout(LONG), handler);
  }

  /** With these limits of TCP. */
  Served(NettyTransport transport, TcpLimits limits, PacketHandler handler) throws IOException {
    this(transport, spec(2, limits), handler);
  }

  static ListenSpec spec(int threads, TcpLimits limits) {
    var both = List.of(IPV4, IPV6);
    return new ListenSpec(both, both, threads, Engine.AUTO, limits);
  }

  /** The default limits, but for the time. */
  static TcpLimits idleTimeout(Duration timeout) {
    return new TcpLimits(10_000, 100, timeout);
  }

  static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  InetSocketAddress udp() {
    return listener.udpAddresses().getFirst();
  }

  InetSocketAddress udp6() {
    return listener.udpAddresses().get(1);
  }

  InetSocketAddress tcp() {
    return listener.tcpAddresses().getFirst();
  }

  InetSocketAddress tcp6() {
    return listener.tcpAddresses().get(1);
  }

  void awaitCount(NetCounter counter, long expected) {
    Await.untilEquals(counter.name(), () -> listener.count(counter), expected);
  }

  @Override
  public void close() {
    listener.close();
  }
}
