package io.fairlead.dns.net;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.net.batch.Support;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.transfer.Transfers;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedCollection;
import java.util.function.Consumer;

/**
 * The open sockets of a server and the query threads behind them. Every thread reads datagrams or
 * TCP messages, has the handler answer them, and sends what it says.
 */
public final class DnsListener implements AutoCloseable {
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

  private final NetCounts counts = new NetCounts();
  private final String engine;
  private final String whyNotBatch;
  private final UdpEngine udp;
  private final TcpServer tcp;
  private final List<InetSocketAddress> udpAddresses = new ArrayList<>();
  private final List<InetSocketAddress> tcpAddresses = new ArrayList<>();
  private boolean closed;

  /** Faults are counted only; see the other {@code bind}. */
  public static DnsListener bind(ListenSpec spec, PacketHandler handler, Counters counters)
      throws ListenException {
    return bind(spec, handler, Transfers.none(), counters, _ -> {});
  }

  /**
   * Opens all sockets, or none.
   *
   * @param handler called by all query threads at the same time
   * @param transfers answers who asks for a whole zone
   * @param counters gets one tally for each query thread
   * @param onFault told of each kind of fault once, on a query thread: it must not block
   * @throws ListenException for the first address that cannot be listened on
   */
  public static DnsListener bind(
      ListenSpec spec,
      PacketHandler handler,
      Transfers transfers,
      Counters counters,
      Consumer<NetFault> onFault)
      throws ListenException {
    return bind(NettyTransport.best(), spec, handler, transfers, counters, onFault);
  }

  static DnsListener bind(
      NettyTransport transport,
      ListenSpec spec,
      PacketHandler handler,
      Transfers transfers,
      Counters counters,
      Consumer<NetFault> onFault)
      throws ListenException {
    var listener = new DnsListener(transport, spec, handler, transfers, counters, onFault);
    try {
      for (InetSocketAddress address : listener.addresses(spec.udp())) {
        listener.udpAddresses.add(listener.udp.open(address));
      }
      for (InetSocketAddress address : tcpAddresses(spec.tcp())) {
        listener.tcpAddresses.add(listener.tcp.open(address));
      }
      return listener;
    } catch (ListenException e) {
      listener.close();
      throw e;
    }
  }

  private DnsListener(
      NettyTransport transport,
      ListenSpec spec,
      PacketHandler handler,
      Transfers transfers,
      Counters counters,
      Consumer<NetFault> onFault) {
    var faults = new Faults(counts, onFault);
    whyNotBatch = spec.engine() == Engine.NETTY ? "" : Support.whyNot();
    if (spec.engine() != Engine.NETTY && whyNotBatch.isEmpty()) {
      engine = "batch";
      udp = new BatchUdp(spec.threads(), handler, counters, counts, faults);
    } else {
      engine = "netty";
      udp =
          new NettyUdp(
              transport,
              new QueryThreads(
                  "fairlead-dns", spec.threads(), transport, handler, counters, counts, faults));
    }
    tcp =
        new TcpServer(
            transport,
            new QueryThreads(
                "fairlead-tcp", spec.threads(), transport, handler, counters, counts, faults),
            spec.tcpLimits(),
            transfers,
            counts,
            faults);
  }

  private SequencedCollection<InetSocketAddress> addresses(List<InetSocketAddress> asked)
      throws ListenException {
    checkResolved("udp", asked);
    try {
      return udp.expand(asked);
    } catch (SocketException e) {
      throw new ListenException("udp", asked.getFirst(), e);
    }
  }

  private static SequencedCollection<InetSocketAddress> tcpAddresses(List<InetSocketAddress> asked)
      throws ListenException {
    checkResolved("tcp", asked);
    try {
      return Wildcards.expand(asked);
    } catch (SocketException e) {
      throw new ListenException("tcp", asked.getFirst(), e);
    }
  }

  private static void checkResolved(String protocol, List<InetSocketAddress> asked)
      throws ListenException {
    for (InetSocketAddress address : asked) {
      if (address.isUnresolved()) {
        throw new ListenException(protocol, address, new UnknownHostException("unknown host"));
      }
    }
  }

  /** What serves UDP: {@code batch} or {@code netty}. */
  public String engine() {
    return engine;
  }

  /** Why the batch engine does not serve, though it was not ruled out; empty where it does. */
  public String whyNotBatch() {
    return whyNotBatch;
  }

  /**
   * In the order of the spec, with the ports that they really have. A wildcard stands as its
   * addresses where Netty serves UDP.
   */
  public List<InetSocketAddress> udpAddresses() {
    return List.copyOf(udpAddresses);
  }

  /**
   * In the order of the spec, a wildcard as its addresses, with the ports that they really have.
   */
  public List<InetSocketAddress> tcpAddresses() {
    return List.copyOf(tcpAddresses);
  }

  /** Since the start, or now for a gauge; readable after the close too. */
  public long count(NetCounter counter) {
    return switch (counter) {
      case UDP_KERNEL_DROPS -> KernelDrops.sum(udpAddresses);
      case UDP_RECEIVE_BUFFER -> udp.receiveBuffer();
      default -> counts.sum(counter);
    };
  }

  /** {@link #drain} with a bound of two seconds. */
  @Override
  public void close() {
    drain(CLOSE_BOUND);
  }

  /**
   * Stops accepting, answers what the system has received until now, then closes everything. TCP
   * connections close once they have been quiet for a moment, with their replies sent.
   *
   * @param bound after which what is left is closed as it stands
   */
  public synchronized void drain(Duration bound) {
    if (closed) {
      return;
    }
    closed = true;
    long end = Ticker.systemTicker().nanoTime() + bound.toNanos();
    udp.finish();
    tcp.close(end);
    udp.close(end);
  }
}
