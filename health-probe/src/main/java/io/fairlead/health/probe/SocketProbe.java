package io.fairlead.health.probe;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Checks on real sockets, all on one event loop. A connection serves one probe and is not kept. */
public final class SocketProbe implements Probe {
  /** An answer's head fits in one read; a stranger who sends more gets no more of our memory. */
  private static final int READ_OCTETS = 2048;

  private final EventLoop loop;
  private final String userAgent;

  /**
   * @param userAgent what HTTP checks call themselves: "fairlead/1.0"
   */
  public SocketProbe(EventLoop loop, String userAgent) {
    this.loop = loop;
    this.userAgent = userAgent;
  }

  @Override
  public Attempt start(Target target, Consumer<ProbeResult> done) {
    var remote = new InetSocketAddress(target.address(), target.port());
    Exchange exchange =
        switch (target.check()) {
          case Check.Tcp() -> new TcpExchange(remote, done);
          case Check.Http http -> new HttpExchange(remote, done, http, userAgent);
        };
    connect(exchange);
    return exchange;
  }

  private void connect(Exchange exchange) {
    SocketChannel channel;
    try {
      channel = new NioSocketChannel();
    } catch (ChannelException e) {
      exchange.finish(new ProbeResult.NotCounted("no socket: " + Reasons.rootMessage(e)));
      return;
    }
    // Our own deadline covers the connect; the kernel must not linger with what we drop.
    channel.config().setConnectTimeoutMillis(0);
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_OCTETS));
    exchange.join(channel);
    var _ = loop.register(channel);
    channel
        .connect(exchange.remote())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                exchange.failed(connected.cause());
              }
            });
  }
}
