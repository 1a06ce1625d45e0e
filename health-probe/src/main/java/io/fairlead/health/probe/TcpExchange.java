package io.fairlead.health.probe;

import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A connection that opens, or is answered and left half open. Nothing is said on it. */
final class TcpExchange extends Exchange {
  private final String success;

  /**
   * @param success what its opening means
   */
  TcpExchange(InetSocketAddress remote, Consumer<ProbeResult> done, String success) {
    super(remote, done);
    this.success = success;
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    finish(new ProbeResult.Passed(success));
  }

  @Override
  ProbeResult closed() {
    return new ProbeResult.Failed("closed before it was open");
  }
}
