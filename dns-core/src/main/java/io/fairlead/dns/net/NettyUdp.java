package io.fairlead.dns.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoop;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.SequencedCollection;

/** UDP through Netty: wherever the batch engine cannot be. */
final class NettyUdp implements UdpEngine {
  private final NettyTransport transport;
  private final QueryThreads threads;
  private final Channels sockets = new Channels();
  private int opened;
  private long receiveBuffer;

  NettyUdp(NettyTransport transport, QueryThreads threads) {
    this.transport = transport;
    this.threads = threads;
  }

  @Override
  public SequencedCollection<InetSocketAddress> expand(List<InetSocketAddress> asked)
      throws SocketException {
    return Wildcards.expand(asked);
  }

  /**
   * The first socket is bound alone, so that a port which another process has is an error, although
   * ours share theirs; only then do its siblings join it.
   */
  @Override
  public InetSocketAddress open(InetSocketAddress address) throws ListenException {
    List<IoEventLoop> all = threads.inOrder();
    IoEventLoop first = all.get(opened++ % all.size());
    Channel socket = open(first, address, false);
    var bound = (InetSocketAddress) socket.localAddress();
    receiveBuffer = socket.config().getOption(ChannelOption.SO_RCVBUF);
    if (transport.sharesPorts()) {
      transport.shareUdpPort(socket);
      for (IoEventLoop sibling : all) {
        if (sibling != first) {
          open(sibling, bound, true);
        }
      }
    }
    return bound;
  }

  private Channel open(IoEventLoop loop, InetSocketAddress address, boolean joins)
      throws ListenException {
    var handler = new UdpSocket(threads.of(loop));
    return sockets.bind("udp", address, transport.udp(loop, address, joins).handler(handler));
  }

  @Override
  public long receiveBuffer() {
    return receiveBuffer;
  }

  @Override
  public void finish() {
    sockets.finish();
  }

  @Override
  public void close(long end) {
    sockets.close(end);
    threads.close();
  }
}
