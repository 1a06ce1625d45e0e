package io.fairlead.health.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/** One request on a connection of HTTP/2, and the frames of its answer (RFC 9113). */
final class Http2Call extends ChannelInboundHandlerAdapter {
  private static final long MAX_HEADER_OCTETS = 16 * 1024;

  /** Who is told of the answer; buffers are only lent. */
  interface Answer {
    void headers(Http2Headers headers, boolean ended);

    void data(ByteBuf octets, boolean ended);

    /**
     * It was refused midway.
     *
     * @param error RFC 9113 section 7
     */
    void reset(long error);

    void failed(Throwable cause);
  }

  private final Answer answer;

  private Http2Call(Answer answer) {
    this.answer = answer;
  }

  /**
   * Puts HTTP/2 before the handler of this context, and asks.
   *
   * @param body empty = none
   */
  static void start(ChannelHandlerContext ctx, Http2Headers headers, byte[] body, Answer answer) {
    ctx.pipeline()
        .addBefore(
            ctx.name(),
            null,
            Http2FrameCodecBuilder.forClient()
                .initialSettings(
                    Http2Settings.defaultSettings()
                        .pushEnabled(false)
                        .maxHeaderListSize(MAX_HEADER_OCTETS))
                .build())
        .addBefore(ctx.name(), null, new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
    var _ =
        new Http2StreamChannelBootstrap(ctx.channel())
            .handler(new Http2Call(answer))
            .open()
            .addListener(
                (Future<Http2StreamChannel> opened) -> {
                  if (opened.isSuccess()) {
                    ask(opened.getNow(), headers, body);
                  } else {
                    answer.failed(opened.cause());
                  }
                });
  }

  private static void ask(Http2StreamChannel stream, Http2Headers headers, byte[] body) {
    boolean alone = body.length == 0;
    var _ = stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers, alone));
    if (!alone) {
      var _ = stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    switch (frame) {
      case Http2HeadersFrame headers -> answer.headers(headers.headers(), headers.isEndStream());
      case Http2DataFrame data -> answer.data(data.content(), data.isEndStream());
      default -> {}
    }
    ReferenceCountUtil.release(frame);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case Http2ResetFrame reset -> answer.reset(reset.errorCode());
      case Http2GoAwayFrame farewell -> {
        answer.reset(farewell.errorCode());
        ReferenceCountUtil.release(farewell);
      }
      default -> {}
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    answer.failed(cause);
  }
}
