package io.fairlead.dns.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
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

  /** Until threads have closed what makes room for the newcomers: 8,000 of those a second. */
  private static final long ROOM_MILLIS = 2;

  /** Accepted at one wake-up, and made room for in one pause: 160 newcomers a second get in. */
  static final int BATCH = 16;

  private final Connections connections;
  private final NetCounts counts;
  private final Faults faults;
  private final Drain drain = new Drain();
  private final ChannelFutureListener closed;
  private int accepted;

  Acceptor(Connections connections, NetCounts counts, Faults faults) {
    this.connections = connections;
    this.counts = counts;
    this.faults = faults;
    this.closed = _ -> connections.socketClosed();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object connection) {
    accepted++;
    connections.socketOpened();
    ((Channel) connection).closeFuture().addListener(closed);
    context.fireChannelRead(connection);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    drain.read(accepted, BATCH);
    accepted = 0;
    context.fireChannelReadComplete();
    if (connections.areOver(BATCH)) {
      pause(context.channel(), ROOM_MILLIS);
    }
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
    pause(context.channel(), PAUSE_MILLIS);
    connections.shed(BATCH);
  }

  /**
   * By taking the socket from its event loop, not by AUTO_READ: with Netty 4.2.18 an epoll socket
   * whose last interest is cleared is never ready again.
   */
  private static void pause(Channel acceptor, long millis) {
    EventLoop loop = acceptor.eventLoop();
    var _ = acceptor.deregister();
    Runnable goOn =
        () -> {
          var _ = loop.register(acceptor);
        };
    var _ = loop.schedule(goOn, millis, TimeUnit.MILLISECONDS);
  }
}
