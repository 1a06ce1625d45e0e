package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A request as octets, written by hand: what a check may hold was judged when it was made. */
final class HttpRequests {
  private static final int USUAL_OCTETS = 256;

  /** Of one connection, or said in another way: HTTP/2 has none of these (RFC 9113 8.2.2). */
  private static final Set<String> NOT_OF_HTTP2 =
      Set.of(
          "connection",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  static ByteBuf http1(Check.Http check, String userAgent, ByteBufAllocator allocator) {
    byte[] body = body(check);
    Map<String, String> others = check.options().headers();
    var head = new StringBuilder(USUAL_OCTETS);
    head.append(check.method()).append(' ').append(check.path()).append(" HTTP/1.1\r\n");
    add(head, others, "Host", check.host());
    add(head, others, "User-Agent", userAgent);
    add(head, others, "Connection", "close");
    if (body.length > 0) {
      add(head, others, "Content-Length", Integer.toString(body.length));
    }
    others.forEach((name, value) -> add(head, Map.of(), name, value));
    byte[] octets = head.append("\r\n").toString().getBytes(UTF_8);
    return allocator.ioBuffer(octets.length + body.length).writeBytes(octets).writeBytes(body);
  }

  private static void add(
      StringBuilder head, Map<String, String> others, String name, String value) {
    if (!others.containsKey(name)) {
      head.append(name).append(": ").append(value).append("\r\n");
    }
  }

  static Http2Headers http2(Check.Http check, String userAgent) {
    Map<String, String> others = check.options().headers();
    var headers =
        new DefaultHttp2Headers()
            .method(check.method())
            .scheme("https")
            .authority(others.getOrDefault("Host", check.host()))
            .path(check.path())
            .set("user-agent", userAgent);
    int length = body(check).length;
    if (length > 0) {
      headers.set("content-length", Integer.toString(length));
    }
    others.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!NOT_OF_HTTP2.contains(lower)) {
            headers.set(lower, value);
          }
        });
    return headers;
  }

  static byte[] body(Check.Http check) {
    return Octets.bytes(check.options().body());
  }

  private HttpRequests() {}
}
