package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private final HttpOptions options;
  private final String userAgent;
  private final StringBuilder body = new StringBuilder();

  /** The judged head's status, while the body is looked at; 0 before. */
  private int status;

  HttpExchange(
      InetSocketAddress remote, Consumer<ProbeResult> done, Check.Http check, String userAgent) {
    super(remote, done);
    this.check = check;
    this.options = check.options();
    this.userAgent = userAgent;
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    ctx.pipeline().addBefore(ctx.name(), null, new HttpResponseDecoder(LIMITS));
    send(ctx, Unpooled.wrappedBuffer(HttpRequests.octets(check, userAgent)));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpResponse response) {
      judgeHead(response);
    }
    if (message instanceof HttpContent content && status != 0) {
      body.append(content.content().toString(ISO_8859_1));
      judgeBody(content instanceof LastHttpContent);
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  ProbeResult closed() {
    if (status != 0) {
      return bodySays(true);
    }
    return new ProbeResult.Failed(
        received() == 0 ? "closed before a status line" : "closed before the end of its headers");
  }

  private void judgeHead(HttpResponse response) {
    DecoderResult decoded = response.decoderResult();
    int code = response.status().code();
    if (decoded.isFailure()) {
      finish(malformed(decoded.cause()));
    } else if (isInterim(response.status())) {
      return;
    } else if (contains(options.maintenanceStatus(), code)) {
      finish(new ProbeResult.Failed("in maintenance: status " + code));
    } else if (!contains(check.expectedStatus(), code)) {
      finish(new ProbeResult.Failed("status " + code + ", expected " + expectedStatus()));
    } else if (options.expectedBody() == null && options.maintenanceBody() == null) {
      finish(new ProbeResult.Passed("status " + code));
    } else {
      status = code;
    }
  }

  /** 100 Continue, 103 Early Hints: another response follows (RFC 9110 15.2). */
  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  private void judgeBody(boolean ended) {
    if (ended || body.length() >= octetsToRead() || foundAtOnce()) {
      finish(bodySays(ended));
    }
  }

  /** A text may be found in a body that never ends; that something is absent needs all of it. */
  private boolean foundAtOnce() {
    Expected expected = options.expectedBody();
    return expected != null
        && !expected.regex()
        && options.maintenanceBody() == null
        && Finder.find(expected, body) == Finder.Found.YES;
  }

  private ProbeResult bodySays(boolean ended) {
    Expected maintenance = options.maintenanceBody();
    if (maintenance != null && Finder.find(maintenance, body) == Finder.Found.YES) {
      return new ProbeResult.Failed("in maintenance: its body holds " + maintenance);
    }
    Expected expected = options.expectedBody();
    if (expected == null) {
      return new ProbeResult.Passed("status " + status);
    }
    return switch (Finder.find(expected, body)) {
      case YES -> new ProbeResult.Passed("status " + status + ", body with " + expected);
      case GAVE_UP -> new ProbeResult.Failed(expected + " takes too many steps to look for");
      case NO ->
          new ProbeResult.Failed(
              "status "
                  + status
                  + ", but no "
                  + expected
                  + (ended
                      ? " in its body"
                      : " in its body's first " + octetsToRead() + " octets"));
    };
  }

  private int octetsToRead() {
    return Math.max(within(options.expectedBody()), within(options.maintenanceBody()));
  }

  private static int within(@Nullable Expected expected) {
    return expected == null ? 0 : expected.withinOctets();
  }

  private static boolean contains(List<StatusRange> ranges, int code) {
    for (StatusRange range : ranges) {
      if (range.contains(code)) {
        return true;
      }
    }
    return false;
  }

  private String expectedStatus() {
    return check.expectedStatus().stream().map(StatusRange::toString).collect(joining(", "));
  }

  private ProbeResult malformed(Throwable cause) {
    return switch (cause) {
      case PrematureChannelClosureException _ -> closed();
      case TooLongHttpLineException _ ->
          new ProbeResult.Failed(
              "not HTTP: a status line of over " + MAX_STATUS_LINE_OCTETS + " octets");
      case TooLongHttpHeaderException _ ->
          new ProbeResult.Failed("headers of over " + MAX_HEADER_OCTETS + " octets");
      default -> new ProbeResult.Failed("not HTTP: " + Reasons.rootMessage(cause));
    };
  }
}
