package io.fairlead.dns.net;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Channels of Netty that end together. */
final class Channels {
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /** Binds one, and takes it in. */
  Channel bind(String protocol, InetSocketAddress address, AbstractBootstrap<?, ?> bootstrap)
      throws ListenException {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.cause() != null) {
      throw new ListenException(protocol, address, bound.cause());
    }
    add(bound.channel());
    return bound.channel();
  }

  void add(Channel channel) {
    channels.add(channel);
  }

  /** Asks each to finish what it has, and to close. */
  void finish() {
    channels.forEach(each -> each.pipeline().fireUserEventTriggered(Drain.Event.FINISH));
  }

  /** Waits until all have closed by themselves; closes at {@code end} those that have not. */
  void close(long end) {
    awaitUntil(end, channels.newCloseFuture());
    awaitUntil(end, channels.close());
  }

  static void awaitUntil(long end, Future<?> future) {
    future.awaitUninterruptibly(end - Ticker.systemTicker().nanoTime(), TimeUnit.NANOSECONDS);
  }
}
