package io.fairlead.health.probe;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Octets;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One datagram there, the first one back decides. */
final class UdpExchange extends Exchange {
  private final Check.Udp check;

  UdpExchange(InetSocketAddress remote, Consumer<ProbeResult> done, Check.Udp check) {
    super(remote, done);
    this.check = check;
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    send(ctx, Unpooled.wrappedBuffer(Octets.bytes(check.send())));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var datagram = (DatagramPacket) message;
    String answer = datagram.content().toString(StandardCharsets.ISO_8859_1);
    datagram.release();
    finish(judge(answer));
  }

  @Override
  ProbeResult closed() {
    return new ProbeResult.Failed("closed before an answer");
  }

  private ProbeResult judge(String answer) {
    if (check.expected() == null) {
      return new ProbeResult.Passed("answered");
    }
    return switch (Finder.find(check.expected(), answer)) {
      case YES -> new ProbeResult.Passed("answered as expected");
      case NO ->
          new ProbeResult.Failed(
              "answered without " + check.expected() + ": " + Reasons.quote(answer));
      case GAVE_UP ->
          new ProbeResult.Failed(check.expected() + " takes too many steps to look for");
    };
  }
}
