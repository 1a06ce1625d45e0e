package io.fairlead.health.probe;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one target, from its opening to its result. It stands last in the pipeline, and
 * so sees what the codecs make of the target's octets and every failure.
 */
abstract class Exchange extends ChannelInboundHandlerAdapter implements Probe.Attempt {
  /**
   * What a target may send before it is judged. Codecs bound what they keep; this bounds what they
   * are made to read: blank lines, interim responses.
   */
  private static final int MAX_OCTETS = 256 * 1024;

  private static final String INTAKE = "intake";

  private final InetSocketAddress remote;
  private final Consumer<ProbeResult> done;
  private long startedNanos;
  private @Nullable Channel channel;
  private long connectedNanos;
  private int received;
  private TlsClients.@Nullable Client tls;
  private boolean securing;
  private String warning = "";
  private boolean over;

  Exchange(InetSocketAddress remote, Consumer<ProbeResult> done) {
    this.remote = remote;
    this.done = done;
  }

  /** It is connected, and secured where it is to be: speak, and put codecs before this handler. */
  abstract void opened(ChannelHandlerContext ctx);

  /** What to make of it that the target closes now: "closed before a status line". */
  abstract ProbeResult closed();

  final InetSocketAddress remote() {
    return remote;
  }

  /** Octets that the target has sent. */
  final int received() {
    return received;
  }

  /**
   * @param tls null = it is open as soon as it is connected
   * @param nowNanos by the loop's ticker
   * @param steps told of each step; null = nobody is
   */
  final void join(
      Channel joined,
      TlsClients.@Nullable Client tls,
      long nowNanos,
      @Nullable Consumer<String> steps) {
    this.channel = joined;
    this.tls = tls;
    this.startedNanos = nowNanos;
    joined.pipeline().addLast(INTAKE, new Intake());
    if (tls != null) {
      securing = true;
      joined.pipeline().addLast(tls.handler());
    }
    if (steps != null) {
      joined.pipeline().addLast(new Tap(steps));
    }
    joined.pipeline().addLast(this);
  }

  static void send(ChannelHandlerContext ctx, Object message) {
    var _ = ctx.writeAndFlush(message).addListener(FIRE_EXCEPTION_ON_FAILURE);
  }

  final void finish(ProbeResult result) {
    if (over) {
      return;
    }
    close();
    done.accept(
        result instanceof ProbeResult.Passed(String reason, _)
            ? new ProbeResult.Passed(reason, warning)
            : result);
  }

  public final void failed(Throwable cause) {
    finish(new ProbeResult.Failed(Reasons.of(cause, remote)));
  }

  @Override
  public final String giveUp() {
    close();
    if (connectedNanos == 0) {
      return "not connected";
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(connectedNanos - startedNanos);
    return "connected in "
        + millis
        + " ms"
        + (received == 0 ? "" : ", " + received + " octets came")
        + (securing ? ", TLS not agreed" : "");
  }

  @Override
  public final void channelActive(ChannelHandlerContext ctx) {
    connectedNanos = ctx.executor().ticker().nanoTime();
    if (!securing) {
      opened(ctx);
    }
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        securing = false;
        warning = tls == null ? "" : tls.warning();
        opened(ctx);
      } else if (handshake.cause() instanceof ClosedChannelException) {
        channelInactive(ctx);
      } else {
        failed(handshake.cause());
      }
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    finish(securing ? new ProbeResult.Failed("closed before TLS was agreed") : closed());
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  private void close() {
    over = true;
    if (channel != null && channel.isOpen()) {
      // From the first handler on: TLS would wait for its farewell to be sent.
      var _ = channel.pipeline().context(INTAKE).close();
    }
  }

  /** The pipeline's first handler: counts what comes, and lets nothing through once it is over. */
  private final class Intake extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      received += octets(message);
      if (over) {
        ReferenceCountUtil.release(message);
      } else if (received > MAX_OCTETS) {
        ReferenceCountUtil.release(message);
        failed(new TooLongFrameException("no answer in its first " + received + " octets"));
      } else {
        ctx.fireChannelRead(message);
      }
    }

    private static int octets(Object message) {
      return switch (message) {
        case ByteBuf stream -> stream.readableBytes();
        case DatagramPacket datagram -> datagram.content().readableBytes();
        default -> throw new IllegalArgumentException("neither stream nor datagram: " + message);
      };
    }
  }
}
