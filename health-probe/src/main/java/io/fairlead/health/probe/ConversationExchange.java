package io.fairlead.health.probe;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.Octets;
import io.fairlead.health.spec.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Says and hears, step by step. */
final class ConversationExchange extends Exchange {
  private final Queue<Step> steps;
  private final String success;
  private final StringBuilder heard = new StringBuilder();

  ConversationExchange(
      InetSocketAddress remote, Consumer<ProbeResult> done, Check.Conversation check) {
    super(remote, done);
    this.steps = new ArrayDeque<>(check.steps());
    this.success =
        !check.steps().isEmpty()
            ? "all as expected"
            : check.tls() != null ? "TLS agreed" : "connected";
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    goOn(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var octets = (ByteBuf) message;
    heard.append(octets.toString(StandardCharsets.ISO_8859_1));
    octets.release();
    goOn(ctx);
  }

  @Override
  ProbeResult closed() {
    return steps.peek() instanceof Step.Receive(Expected expected)
        ? new ProbeResult.Failed(
            "closed before " + expected + " came, after " + Reasons.quote(heard))
        : new ProbeResult.Failed("closed before all was said");
  }

  private void goOn(ChannelHandlerContext ctx) {
    for (Step step = steps.peek(); step != null; step = steps.peek()) {
      switch (step) {
        case Step.Send(String octets) -> {
          send(ctx, Unpooled.wrappedBuffer(Octets.bytes(octets)));
          heard.setLength(0);
        }
        case Step.Receive(Expected expected) -> {
          if (!heard(expected)) {
            return;
          }
          heard.setLength(0);
        }
      }
      steps.remove();
    }
    finish(new ProbeResult.Passed(success));
  }

  private boolean heard(Expected expected) {
    switch (Finder.find(expected, heard)) {
      case YES -> {
        return true;
      }
      case GAVE_UP ->
          finish(new ProbeResult.Failed(expected + " takes too many steps to look for"));
      case NO -> {
        if (heard.length() >= expected.withinOctets()) {
          finish(
              new ProbeResult.Failed(
                  "no "
                      + expected
                      + " in its first "
                      + expected.withinOctets()
                      + " octets, but "
                      + Reasons.quote(heard)));
        }
      }
    }
    return false;
  }
}
