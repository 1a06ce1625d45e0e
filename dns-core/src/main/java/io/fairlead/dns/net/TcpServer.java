package io.fairlead.dns.net;

import io.fairlead.dns.transfer.Transfers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;

/** The TCP half of a listener, on threads of its own: a flood of datagrams does not reach it. */
final class TcpServer {
  private final NettyTransport transport;
  private final QueryThreads threads;
  private final Connections connections;
  private final NetCounts counts;
  private final Faults faults;
  private final Channels acceptors = new Channels();
  private final Channels accepted = new Channels();

  TcpServer(
      NettyTransport transport,
      QueryThreads threads,
      TcpLimits limits,
      Transfers transfers,
      NetCounts counts,
      Faults faults) {
    this.transport = transport;
    this.threads = threads;
    this.connections = new Connections(limits, counts, transfers);
    this.counts = counts;
    this.faults = faults;
  }

  /**
   * Serves at an address from now on.
   *
   * @return with the port that it really has
   */
  InetSocketAddress open(InetSocketAddress address) throws ListenException {
    var bootstrap =
        transport
            .tcp(threads.loops(), address)
            .handler(new Acceptor(connections, counts, faults))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    serve(channel);
                  }
                });
    return (InetSocketAddress) acceptors.bind("tcp", address, bootstrap).localAddress();
  }

  private void serve(Channel channel) {
    if (channel.remoteAddress() instanceof InetSocketAddress peer) {
      accepted.add(channel);
      QueryThread thread = threads.of((IoEventLoop) channel.eventLoop());
      channel
          .pipeline()
          .addLast(new TcpConnection(channel, peer.getAddress(), thread, connections));
    } else {
      var _ = channel.close(); // gone already
    }
  }

  /** Answers what was received until now, then closes everything; at {@code end} as it stands. */
  void close(long end) {
    acceptors.finish();
    acceptors.close(end);
    for (EventExecutor loop : threads.loops()) {
      // Behind the start of what was accepted last.
      Channels.awaitUntil(end, loop.submit(() -> {}));
    }
    accepted.finish();
    accepted.close(end);
    threads.close();
  }
}
