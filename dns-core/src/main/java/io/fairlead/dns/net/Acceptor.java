package io.fairlead.dns.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A listening TCP socket. A connection that cannot be accepted stays in the queue and makes the
 * socket ready again at once, so that without a pause the thread would spin and UDP starve. It goes
 * on after a pause, and closes idle connections meanwhile, which frees descriptors.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
  private static final long PAUSE_MILLIS = 100;

  /** Accepted at one wake-up, and made room for in one pause: 160 newcomers a second get in. */
  static final int BATCH = 16;

  private final Connections connections;
  private final NetCounts counts;
  private final Faults faults;
  private final Drain drain = new Drain();
  private int accepted;

  Acceptor(Connections connections, NetCounts counts, Faults faults) {
    this.connections = connections;
    this.counts = counts;
    this.faults = faults;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object connection) {
    accepted++;
    context.fireChannelRead(connection);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    drain.read(accepted, BATCH);
    accepted = 0;
    context.fireChannelReadComplete();
  }

  /** Whoever waits to be accepted may have sent a query already. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Drain.Event.FINISH) {
      drain.start(context.channel());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    counts.add(NetCounter.TCP_REFUSED, 1);
    var local = (InetSocketAddress) context.channel().localAddress();
    faults.report("tcp " + NetUtil.toSocketAddressString(local), cause);
    pause(context.channel());
    connections.shed(BATCH);
  }

  /**
   * By taking the socket from its event loop, not by AUTO_READ: with Netty 4.2.18 an epoll socket
   * whose last interest is cleared is never ready again.
   */
  private static void pause(Channel acceptor) {
    EventLoop loop = acceptor.eventLoop();
    var _ = acceptor.deregister();
    Runnable goOn =
        () -> {
          var _ = loop.register(acceptor);
        };
    var _ = loop.schedule(goOn, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
