package io.fairlead.health.probe;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.fairlead.health.spec.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Checks on real sockets, all on one event loop. A connection serves one probe and is not kept. */
public final class SocketProbe implements Probe {
  /** An answer's head fits in one read; a stranger who sends more gets no more of our memory. */
  private static final int READ_OCTETS = 2048;

  private final EventLoop loop;
  private final RandomGenerator random;
  private final String userAgent;
  private final TlsClients tlsClients = new TlsClients();

  /**
   * @param random message ids; used on the loop's thread
   * @param userAgent what HTTP checks call themselves: "fairlead/1.0"
   */
  public SocketProbe(EventLoop loop, RandomGenerator random, String userAgent) {
    this.loop = loop;
    this.random = random;
    this.userAgent = userAgent;
  }

  @Override
  public Attempt start(Target target, Consumer<ProbeResult> done) {
    var remote = new InetSocketAddress(target.address(), target.port());
    return switch (target.check()) {
      case Check.Tcp() -> stream(new TcpExchange(remote, done), null);
      case Check.Conversation check ->
          stream(new ConversationExchange(remote, done, check), check.tls());
      case Check.Http check ->
          stream(new HttpExchange(remote, done, check, userAgent), check.options().tls());
      case Check.Udp check -> datagrams(new UdpExchange(remote, done, check));
      case Check.Dns check ->
          datagrams(new DnsExchange(remote, done, check, random.nextInt(1 << 16)));
    };
  }

  private Exchange stream(Exchange exchange, @Nullable Tls tls) {
    connect(
        exchange,
        () -> {
          var channel = new NioSocketChannel();
          channel.config().setConnectTimeoutMillis(0); // the probe's own deadline covers it
          channel.config().setSoLinger(0); // reset, so that nothing waits on our side
          channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_OCTETS));
          return channel;
        },
        tls);
    return exchange;
  }

  private Exchange datagrams(Exchange exchange) {
    connect(exchange, NioDatagramChannel::new, null);
    return exchange;
  }

  private void connect(Exchange exchange, Supplier<Channel> open, @Nullable Tls tls) {
    Channel channel;
    try {
      int port = exchange.remote().getPort();
      SslHandler handler =
          tls == null ? null : tlsClients.handler(tls, ByteBufAllocator.DEFAULT, port);
      channel = open.get();
      exchange.join(channel, handler, loop.ticker().nanoTime());
    } catch (ChannelException | SSLException | IllegalArgumentException e) {
      // No descriptor left, no certificate in what should be an authority: not the target's doing.
      exchange.finish(new ProbeResult.NotCounted("not probed: " + Reasons.rootMessage(e)));
      return;
    }
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
