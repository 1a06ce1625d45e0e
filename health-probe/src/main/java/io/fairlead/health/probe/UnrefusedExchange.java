package io.fairlead.health.probe;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One datagram there; up if the host does not say soon that nobody wants it (ICMP). */
final class UnrefusedExchange extends Exchange {
  /** A refusal takes a round trip, which is below 400 ms anywhere on earth. */
  private static final long SOON_MILLIS = 500;

  UnrefusedExchange(InetSocketAddress remote, Consumer<ProbeResult> done) {
    super(remote, done);
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    send(ctx, Unpooled.wrappedBuffer(new byte[1])); // some hosts drop empty ones unseen
    var _ =
        ctx.executor()
            .schedule(
                () -> finish(new ProbeResult.Passed("not refused")),
                SOON_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
    finish(new ProbeResult.Passed("answered"));
  }

  @Override
  ProbeResult closed() {
    return new ProbeResult.Failed("closed before an answer");
  }
}
