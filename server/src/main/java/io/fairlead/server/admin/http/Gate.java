package io.fairlead.server.admin.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;

/** Whom the admin API listens to at all. */
final class Gate {
  private final Tokens tokens;

  Gate(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * A browser that shows somebody's page must not steer us: no request that changes anything from
   * another origin; and, where nobody needs a token, no name but an address or localhost, so that
   * no name can be rebound to our address.
   */
  void refuseForeignPages(RoutingContext context) {
    HostAndPort authority = context.request().authority();
    String origin = context.request().getHeader("Origin");
    String scheme = context.request().isSSL() ? "https" : "http";
    boolean foreign =
        (origin != null && !origin.equals(scheme + "://" + authority))
            || "cross-site".equals(context.request().getHeader("Sec-Fetch-Site"));
    if (authority == null || (!tokens.areNeeded() && !isLiteral(authority.host()))) {
      refuse(context, "the Host header must be an address or localhost");
    } else if (!reads(context.request()) && foreign) {
      refuse(context, "requests that change anything are not taken from another origin");
    } else {
      context.next();
    }
  }

  private static void refuse(RoutingContext context, String detail) {
    Paths.send(context, new Refusal(Status.FORBIDDEN, detail).reply());
  }

  static boolean reads(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /**
   * An IPv6 address has a colon, which no name has: "abc.de" is hexadecimal, and somebody's name.
   */
  private static boolean isLiteral(String host) {
    return host.equals("localhost")
        || host.matches("[0-9]+(\\.[0-9]+){3}|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*]?");
  }

  /** A path that says %zz fails only when a route looks at it, and then with a trace in the log. */
  static void refuseBadEscapes(RoutingContext context) {
    try {
      Call.parse(_ -> context.normalizedPath(), "");
      context.next();
    } catch (Refusal e) {
      Paths.send(context, e.reply());
    }
  }
}
