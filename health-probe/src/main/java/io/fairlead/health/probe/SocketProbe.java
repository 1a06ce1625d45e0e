package io.fairlead.health.probe;

import io.fairlead.health.probe.TlsClients.Alpn;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Place;
import io.fairlead.health.spec.Target;
import io.fairlead.health.spec.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Checks on real sockets, all on one event loop. A connection serves one probe and is not kept. */
public final class SocketProbe implements Probe {
  private static final Layer PLAIN = new Layer(null, Alpn.NONE);

  /**
   * What lies between the socket and the exchange.
   *
   * @param tls null = nothing
   */
  private record Layer(@Nullable Tls tls, Alpn alpn) {}

  private final EventLoop loop;
  private final Sockets sockets;
  private final RandomGenerator random;
  private final String userAgent;
  private final TlsClients tlsClients;
  private final Names names;
  private final Programs programs;
  private @Nullable Consumer<String> steps;

  /**
   * @param random message ids; used on the loop's thread
   * @param userAgent what HTTP checks call themselves: "fairlead/1.0"
   * @param clock tells which certificates end soon
   */
  public SocketProbe(
      EventLoop loop, RandomGenerator random, String userAgent, InstantSource clock) {
    this(loop, random, userAgent, clock, DnsServerAddressStreamProviders.platformDefault());
  }

  /**
   * @param nameServers who is asked where names lead to
   */
  SocketProbe(
      EventLoop loop,
      RandomGenerator random,
      String userAgent,
      InstantSource clock,
      DnsServerAddressStreamProvider nameServers) {
    this.loop = loop;
    this.sockets = Sockets.of(loop);
    this.random = random;
    this.userAgent = userAgent;
    this.tlsClients = new TlsClients(clock);
    this.names = new Names(loop, nameServers);
    this.programs = new Programs(loop);
  }

  /** Tells each step of each probe from now on. */
  public void follow(Consumer<String> follower) {
    steps = follower;
  }

  private void tell(Supplier<String> step) {
    if (steps != null) {
      steps.accept(step.get());
    }
  }

  @Override
  public Attempt start(Target target, Consumer<ProbeResult> done) {
    return switch (target.place()) {
      case Place.Address(var address) -> start(address, target, done);
      case Place.Named(var name) -> {
        var attempt =
            new NamedAttempt(
                address -> {
                  tell(() -> name + " is " + address.getHostAddress());
                  return start(address, target, done);
                },
                done);
        names.find(name, attempt::found);
        yield attempt;
      }
    };
  }

  private Attempt start(InetAddress address, Target target, Consumer<ProbeResult> done) {
    var remote = new InetSocketAddress(address, target.port());
    InetAddress source = target.sourceTo(address);
    return switch (target.check()) {
      case Check.Tcp() -> stream(new TcpExchange(remote, done, "connected"), source, PLAIN);
      case Check.HalfOpen() ->
          halfOpen(new TcpExchange(remote, done, "answered, not opened"), source);
      case Check.Conversation check ->
          stream(
              new ConversationExchange(remote, done, check),
              source,
              new Layer(check.tls(), Alpn.NONE));
      case Check.Http check ->
          stream(
              new HttpExchange(remote, done, check, userAgent),
              source,
              new Layer(
                  check.options().tls(), check.options().http2() ? Alpn.HTTP_2_OR_1 : Alpn.NONE));
      case Check.Grpc check ->
          stream(
              new GrpcExchange(remote, done, check, userAgent),
              source,
              new Layer(check.tls(), Alpn.HTTP_2));
      case Check.Ping() -> programs.ping(address, source, done);
      case Check.External check -> programs.external(check, address, target.port(), source, done);
      case Check.Udp check -> datagrams(new UdpExchange(remote, done, check), source);
      case Check.Unrefused() -> datagrams(new UnrefusedExchange(remote, done), source);
      case Check.Dns check ->
          datagrams(new DnsExchange(remote, done, check, random.nextInt(1 << 16)), source);
      case Check.Push(var monitor) ->
          throw new IllegalArgumentException(monitor + " is told, and not probed");
    };
  }

  private Exchange stream(Exchange exchange, @Nullable InetAddress source, Layer layer) {
    connect(exchange, sockets::stream, source, layer);
    return exchange;
  }

  private Exchange halfOpen(Exchange exchange, @Nullable InetAddress source) {
    connect(exchange, sockets::halfOpen, source, PLAIN);
    return exchange;
  }

  private Exchange datagrams(Exchange exchange, @Nullable InetAddress source) {
    connect(exchange, sockets::datagrams, source, PLAIN);
    return exchange;
  }

  private void connect(
      Exchange exchange,
      Supplier<? extends Channel> open,
      @Nullable InetAddress source,
      Layer layer) {
    Channel channel;
    try {
      int port = exchange.remote().getPort();
      TlsClients.Client client =
          layer.tls == null
              ? null
              : tlsClients.client(layer.tls, layer.alpn, ByteBufAllocator.DEFAULT, port);
      channel = open.get();
      exchange.join(channel, client, loop.ticker().nanoTime(), steps);
    } catch (ChannelException | SSLException | IllegalArgumentException e) {
      // No descriptor left, no certificate in what should be an authority: not the target's doing.
      exchange.finish(new ProbeResult.NotCounted("not probed: " + Reasons.rootMessage(e)));
      return;
    }
    var _ = loop.register(channel);
    channel
        .connect(exchange.remote(), source == null ? null : new InetSocketAddress(source, 0))
        .addListener(connected -> judge(connected, exchange, source));
  }

  private static void judge(Future<?> connected, Exchange exchange, @Nullable InetAddress source) {
    if (connected.isSuccess()) {
      return;
    }
    if (Reasons.isOfOurAddress(connected.cause())) {
      // The source is not ours, or all of its ports are taken: not the target's doing.
      exchange.finish(
          new ProbeResult.NotCounted(
              "not probed: %s%s"
                  .formatted(
                      source == null ? "" : "from " + source.getHostAddress() + ": ",
                      Reasons.rootMessage(connected.cause()))));
    } else {
      exchange.failed(connected.cause());
    }
  }
}
