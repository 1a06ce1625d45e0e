package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * One HTTP/1.1 request; the verdict falls with the final response's head. Its body is never read:
 * the connection is reset instead.
 */
final class HttpExchange extends Exchange {
  private static final int MAX_STATUS_LINE_OCTETS = 4096;
  private static final int MAX_HEADER_OCTETS = 16 * 1024;
  private static final HttpDecoderConfig LIMITS =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(MAX_STATUS_LINE_OCTETS)
          .setMaxHeaderSize(MAX_HEADER_OCTETS);

  private final Check.Http check;
  private final String userAgent;

  HttpExchange(
      InetSocketAddress remote, Consumer<ProbeResult> done, Check.Http check, String userAgent) {
    super(remote, done);
    this.check = check;
    this.userAgent = userAgent;
  }

  @Override
  void connected(ChannelHandlerContext ctx) {
    ctx.pipeline().addBefore(ctx.name(), null, new HttpResponseDecoder(LIMITS));
    send(ctx, Unpooled.wrappedBuffer(request().getBytes(UTF_8)));
  }

  /** Written by hand: what a check may hold has been judged when it was made. */
  private String request() {
    return check.method()
        + " "
        + check.path()
        + " HTTP/1.1\r\nHost: "
        + check.host()
        + "\r\nUser-Agent: "
        + userAgent
        + "\r\nConnection: close\r\n\r\n";
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpResponse response) {
      judge(response);
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  String closedEarly() {
    return received() == 0 ? "closed before a status line" : "closed before the end of its headers";
  }

  private void judge(HttpResponse response) {
    DecoderResult decoded = response.decoderResult();
    if (decoded.isFailure()) {
      finish(new ProbeResult.Failed(malformed(decoded.cause())));
      return;
    }
    if (isInterim(response.status())) {
      return;
    }
    int status = response.status().code();
    for (StatusRange range : check.expectedStatus()) {
      if (range.contains(status)) {
        finish(new ProbeResult.Passed("status " + status));
        return;
      }
    }
    finish(new ProbeResult.Failed("status " + status + ", expected " + expected()));
  }

  /** 100 Continue, 103 Early Hints: another response follows (RFC 9110 15.2). */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  private String expected() {
    return check.expectedStatus().stream().map(StatusRange::toString).collect(joining(", "));
  }

  private String malformed(Throwable cause) {
    return switch (cause) {
      case PrematureChannelClosureException _ -> closedEarly();
      case TooLongHttpLineException _ ->
          "not HTTP: a status line of over " + MAX_STATUS_LINE_OCTETS + " octets";
      case TooLongHttpHeaderException _ -> "headers of over " + MAX_HEADER_OCTETS + " octets";
      default -> "not HTTP: " + Reasons.rootMessage(cause);
    };
  }
}
