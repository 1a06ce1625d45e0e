package io.fairlead.health.probe;

import io.fairlead.health.probe.ProbeResult.Failed;
import io.fairlead.health.spec.Check;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, over HTTP/2 where that is agreed on. The verdict falls with the final
 * response's head, or with as much of its body as is asked about: then the connection is reset.
 */
final class HttpExchange extends Exchange {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Check.Http check;
  private final String userAgent;
  private final ResponseHead head = new ResponseHead();
  private HttpJudge judge;
  private @Nullable ResponseBody body;
  private boolean http2;

  /** Whether anything came that is not TLS's own. */
  private boolean spoken;

  HttpExchange(
      InetSocketAddress remote, Consumer<ProbeResult> done, Check.Http check, String userAgent) {
    super(remote, done);
    this.check = check;
    this.userAgent = userAgent;
    this.judge = new HttpJudge(check, "status");
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    http2 = agreedOnHttp2(ctx);
    if (http2) {
      judge = new HttpJudge(check, "HTTP/2 status");
      Http2Call.start(
          ctx, HttpRequests.http2(check, userAgent), HttpRequests.body(check), new Http2Response());
    } else {
      send(ctx, HttpRequests.http1(check, userAgent, ctx.alloc()));
    }
  }

  private boolean agreedOnHttp2(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    return tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf octets && !http2) {
      read(octets);
    }
    ReferenceCountUtil.release(message); // of HTTP/2: settings and pings of the connection itself
  }

  @Override
  ProbeResult closed() {
    ProbeResult result = judge.inBody() ? judge.judge(true) : null;
    if (result != null) {
      return result;
    }
    if (http2) {
      return new Failed("closed before an answer");
    }
    return new Failed(
        spoken ? "closed before the end of its headers" : "closed before a status line");
  }

  private void read(ByteBuf octets) {
    spoken = true;
    if (body == null) {
      switch (head.read(octets)) {
        case DONE -> headEnded();
        case NOT_HTTP -> finish(new Failed("not HTTP: " + head.strange()));
        case STATUS_LINE_TOO_LONG ->
            finish(
                new Failed(
                    "not HTTP: a status line of over "
                        + ResponseHead.MAX_STATUS_LINE_OCTETS
                        + " octets"));
        case HEADERS_TOO_LONG ->
            finish(new Failed("headers of over " + ResponseHead.MAX_HEADER_OCTETS + " octets"));
        case MORE -> {}
      }
    }
    if (body != null) {
      body.read(octets, judge.body());
      finishIf(
          body.malformed() ? new Failed("malformed: a chunk without a size") : judgeBody(body));
    }
  }

  private void headEnded() {
    ProbeResult result = judge.head(head.status());
    if (result != null) {
      finish(result);
    } else {
      body = hasNoBody(head.status()) ? ResponseBody.of(0) : head.body();
    }
  }

  /** RFC 9112 section 6.3. */
  private boolean hasNoBody(int status) {
    return status == NO_CONTENT || status == NOT_MODIFIED || check.method().equals("HEAD");
  }

  private @Nullable ProbeResult judgeBody(ResponseBody read) {
    return judge.judge(read.ended());
  }

  private void finishIf(@Nullable ProbeResult result) {
    if (result != null) {
      finish(result);
    }
  }

  /** The same by the frames of one stream. */
  private final class Http2Response implements Http2Call.Answer {
    @Override
    public void headers(Http2Headers headers, boolean ended) {
      if (judge.inBody()) {
        finishIf(judge.judge(true)); // trailers: the body is over
        return;
      }
      CharSequence status = headers.status();
      if (status == null || !status.toString().matches("[1-9][0-9]{2}")) {
        finish(new Failed("not HTTP/2: an answer without a status"));
      } else if (status.charAt(0) != '1') {
        finishIf(judge.head(Integer.parseInt(status.toString())));
        if (ended && judge.inBody()) {
          finishIf(judge.judge(true));
        }
      }
    }

    @Override
    public void data(ByteBuf octets, boolean ended) {
      ResponseBody.of(ResponseHead.UNTIL_CLOSED).read(octets, judge.body());
      finishIf(judge.judge(ended));
    }

    @Override
    public void reset(long error) {
      finish(new Failed("it reset the request, HTTP/2 error " + error));
    }

    @Override
    public void failed(Throwable cause) {
      HttpExchange.this.failed(cause);
    }
  }
}
