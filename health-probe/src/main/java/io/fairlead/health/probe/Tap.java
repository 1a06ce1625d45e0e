package io.fairlead.health.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;

/** Tells what goes over a connection, for people who look at one probe. */
final class Tap extends ChannelDuplexHandler {
  private final Consumer<String> steps;

  Tap(Consumer<String> steps) {
    this.steps = steps;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    steps.accept("connected to " + Reasons.text((InetSocketAddress) ctx.channel().remoteAddress()));
    ctx.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      SSLSession session = tls.engine().getSession();
      steps.accept("TLS agreed: " + session.getProtocol() + ", " + session.getCipherSuite());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    steps.accept("sent " + shown(message));
    var _ = ctx.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    steps.accept("received " + shown(message));
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    steps.accept("closed");
    ctx.fireChannelInactive();
  }

  private static String shown(Object message) {
    ByteBuf octets =
        switch (message) {
          case ByteBuf stream -> stream;
          case ByteBufHolder datagram -> datagram.content();
          default -> null;
        };
    return octets == null
        ? message.toString()
        : octets.readableBytes()
            + " octets: "
            + Reasons.quote(octets.toString(StandardCharsets.ISO_8859_1));
  }
}
