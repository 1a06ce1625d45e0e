package io.fairlead.dns.net;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.transfer.Transfers;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The open sockets of a server and the query threads behind them. Every thread reads datagrams and
 * TCP messages, has the handler answer them, and sends what it says.
 */
public final class DnsListener implements AutoCloseable {
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

  /** For a thread to see that it is over; its sockets are closed by then. */
  private static final Duration THREAD_END = Duration.ofSeconds(1);

  /**
   * Connections that may make the server hold memory, over all threads. Each holds at most two
   * messages in, and replies of 48 KiB and one message out: 256 hold 60 MB.
   */
  private static final int MAX_HOLDERS = 256;

  private final NettyTransport transport;
  private final NetCounts counts = new NetCounts();
  private final Faults faults;
  private final Connections connections;
  private final MultiThreadIoEventLoopGroup loops;
  private final Map<EventExecutor, QueryThread> threads = new LinkedHashMap<>();
  private final ChannelGroup acceptors = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<InetSocketAddress> udpAddresses = new ArrayList<>();
  private final List<InetSocketAddress> tcpAddresses = new ArrayList<>();
  private long udpReceiveBuffer;

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
      Counters counters,
      Consumer<NetFault> onFault)
      throws ListenException {
    return bind(transport, spec, handler, Transfers.none(), counters, onFault);
  }

  private static DnsListener bind(
      NettyTransport transport,
      ListenSpec spec,
      PacketHandler handler,
      Transfers transfers,
      Counters counters,
      Consumer<NetFault> onFault)
      throws ListenException {
    var listener = new DnsListener(transport, spec, handler, transfers, counters, onFault);
    try {
      for (InetSocketAddress address : addresses("udp", spec.udp())) {
        listener.openUdp(address);
      }
      for (InetSocketAddress address : addresses("tcp", spec.tcp())) {
        listener.openTcp(address);
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
    this.transport = transport;
    this.faults = new Faults(counts, onFault);
    this.connections = new Connections(spec.tcpLimits(), counts, transfers);
    this.loops =
        new MultiThreadIoEventLoopGroup(
            spec.threads(), new QueryThreadFactory(), transport.ioHandlers());
    for (EventExecutor loop : loops) {
      var holders = new Holders(Math.max(16, MAX_HOLDERS / spec.threads()));
      threads.put(
          loop,
          new QueryThread(
              handler, counters.newTally(), counts, faults, holders, Ticker.systemTicker()));
    }
  }

  private static Collection<InetSocketAddress> addresses(
      String protocol, List<InetSocketAddress> asked) throws ListenException {
    for (InetSocketAddress address : asked) {
      if (address.isUnresolved()) {
        throw new ListenException(protocol, address, new UnknownHostException("unknown host"));
      }
    }
    try {
      return Wildcards.expand(asked);
    } catch (SocketException e) {
      throw new ListenException(protocol, asked.getFirst(), e);
    }
  }

  /**
   * The first socket is bound alone, so that a port which another process has is an error, although
   * ours share theirs; only then do its siblings join it.
   */
  private void openUdp(InetSocketAddress address) throws ListenException {
    List<EventExecutor> all = List.copyOf(threads.keySet());
    IoEventLoop first = (IoEventLoop) all.get(udpAddresses.size() % all.size());
    Channel socket = openUdp(first, address, false);
    var bound = (InetSocketAddress) socket.localAddress();
    udpAddresses.add(bound);
    udpReceiveBuffer = socket.config().getOption(ChannelOption.SO_RCVBUF);
    if (transport.sharesPorts()) {
      transport.shareUdpPort(socket);
      for (EventExecutor sibling : all) {
        if (sibling != first) {
          openUdp((IoEventLoop) sibling, bound, true);
        }
      }
    }
  }

  private Channel openUdp(IoEventLoop loop, InetSocketAddress address, boolean joins)
      throws ListenException {
    var handler = new UdpSocket(threadOf(loop));
    Channel socket = opened("udp", address, transport.udp(loop, address, joins).handler(handler));
    sockets.add(socket);
    return socket;
  }

  private void openTcp(InetSocketAddress address) throws ListenException {
    var bootstrap =
        transport
            .tcp(loops, address)
            .handler(new Acceptor(connections, counts, faults))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    serve(channel);
                  }
                });
    Channel acceptor = opened("tcp", address, bootstrap);
    acceptors.add(acceptor);
    tcpAddresses.add((InetSocketAddress) acceptor.localAddress());
  }

  private static Channel opened(
      String protocol, InetSocketAddress address, AbstractBootstrap<?, ?> bootstrap)
      throws ListenException {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.cause() != null) {
      throw new ListenException(protocol, address, bound.cause());
    }
    return bound.channel();
  }

  private void serve(Channel accepted) {
    if (accepted.remoteAddress() instanceof InetSocketAddress peer) {
      sockets.add(accepted);
      QueryThread thread = threadOf((IoEventLoop) accepted.eventLoop());
      accepted
          .pipeline()
          .addLast(new TcpConnection(accepted, peer.getAddress(), thread, connections));
    } else {
      var _ = accepted.close(); // gone already
    }
  }

  private QueryThread threadOf(IoEventLoop loop) {
    QueryThread thread = threads.get(loop);
    if (thread == null) {
      throw new IllegalStateException("an event loop that is not of this listener");
    }
    return thread;
  }

  /**
   * In the order of the spec, a wildcard as its addresses, with the ports that they really have.
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
      case UDP_RECEIVE_BUFFER -> udpReceiveBuffer;
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
    if (loops.isShuttingDown()) {
      return;
    }
    long end = Ticker.systemTicker().nanoTime() + bound.toNanos();
    finish(acceptors, end);
    awaitUntil(end, acceptors.close());
    for (EventExecutor loop : loops) {
      awaitUntil(end, loop.submit(() -> {})); // behind the start of what was accepted last
    }
    finish(sockets, end);

    var _ = loops.shutdownGracefully(0, THREAD_END.toMillis(), TimeUnit.MILLISECONDS);
    if (loops.terminationFuture().awaitUninterruptibly(THREAD_END.toMillis())) {
      threads.values().forEach(QueryThread::close);
    } // else a handler has not returned, and may still write into its memory
  }

  private static void finish(ChannelGroup channels, long end) {
    channels.forEach(each -> each.pipeline().fireUserEventTriggered(Drain.Event.FINISH));
    awaitUntil(end, channels.newCloseFuture());
  }

  private static void awaitUntil(long end, Future<?> future) {
    future.awaitUninterruptibly(end - Ticker.systemTicker().nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Says on each thread what it is: {@code fairlead-dns-1}, and so on. */
  private static final class QueryThreadFactory extends DefaultThreadFactory {
    private int made;

    private QueryThreadFactory() {
      super("fairlead-dns");
    }

    @Override
    protected Thread newThread(Runnable runnable, String name) {
      return super.newThread(runnable, "fairlead-dns-" + ++made);
    }
  }
}
