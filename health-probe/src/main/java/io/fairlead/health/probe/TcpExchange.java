package io.fairlead.health.probe;

import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A connection that opens. Nothing is said on it. */
final class TcpExchange extends Exchange {
  TcpExchange(InetSocketAddress remote, Consumer<ProbeResult> done) {
    super(remote, done);
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    finish(new ProbeResult.Passed("connected"));
  }

  @Override
  ProbeResult closed() {
    return new ProbeResult.Failed("closed before it was open");
  }
}
