package io.fairlead.health.probe;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import java.net.InetSocketAddress;
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

  private final InetSocketAddress remote;
  private final Consumer<ProbeResult> done;
  private final long startedNanos = System.nanoTime();
  private @Nullable Channel channel;
  private long connectedNanos;
  private int received;
  private boolean over;

  Exchange(InetSocketAddress remote, Consumer<ProbeResult> done) {
    this.remote = remote;
    this.done = done;
  }

  /** The connection is open: say what is to be said, and put codecs before this handler. */
  abstract void connected(ChannelHandlerContext ctx);

  /** What is missing when the target closes now: "closed before the end of its headers". */
  abstract String closedEarly();

  final InetSocketAddress remote() {
    return remote;
  }

  /** Octets that the target has sent. */
  final int received() {
    return received;
  }

  final void join(Channel opened) {
    channel = opened;
    opened.pipeline().addLast(new Intake(), this);
  }

  static void send(ChannelHandlerContext ctx, Object message) {
    var _ = ctx.writeAndFlush(message).addListener(FIRE_EXCEPTION_ON_FAILURE);
  }

  final void finish(ProbeResult result) {
    if (over) {
      return;
    }
    close();
    done.accept(result);
  }

  final void failed(Throwable cause) {
    finish(new ProbeResult.Failed(Reasons.of(cause, remote)));
  }

  @Override
  public final String giveUp() {
    close();
    if (connectedNanos == 0) {
      return "not connected";
    }
    String connected =
        "connected in " + TimeUnit.NANOSECONDS.toMillis(connectedNanos - startedNanos) + " ms";
    return received == 0 ? connected : connected + ", " + received + " octets came";
  }

  @Override
  public final void channelActive(ChannelHandlerContext ctx) {
    connectedNanos = System.nanoTime();
    connected(ctx);
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    finish(new ProbeResult.Failed(closedEarly()));
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(cause);
  }

  private void close() {
    over = true;
    if (channel != null) {
      var _ = channel.close();
    }
  }

  /** The pipeline's first handler: counts what comes, and lets nothing through once it is over. */
  private final class Intake extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      var octets = (ByteBuf) message;
      received += octets.readableBytes();
      if (over) {
        octets.release();
      } else if (received > MAX_OCTETS) {
        octets.release();
        failed(new TooLongFrameException("no answer in its first " + received + " octets"));
      } else {
        ctx.fireChannelRead(message);
      }
    }
  }
}
