package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Trust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/** The client's side of TLS, with one context per kind of trust. One thread uses it. */
final class TlsClients {
  /** Reloads bring new authorities, a few; old ones are forgotten all at once. */
  private static final int MAX_CONTEXTS = 64;

  private final Map<Trust, SslContext> contexts = new HashMap<>();

  SslHandler handler(Tls tls, ByteBufAllocator allocator, int port) throws SSLException {
    SslContext context = contexts.get(tls.trust());
    if (context == null) {
      context = context(tls.trust());
      if (contexts.size() >= MAX_CONTEXTS) {
        contexts.clear();
      }
      contexts.put(tls.trust(), context);
    }
    SslHandler handler = context.newHandler(allocator, tls.serverName(), port);
    handler.setHandshakeTimeoutMillis(0); // the probe's own deadline covers it
    return handler;
  }

  private static SslContext context(Trust trust) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .sessionCacheSize(1); // a probe is to see the certificate, not to resume
    return switch (trust) {
      case Trust.Anyone() ->
          builder
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null)
              .build();
      case Trust.PublicAuthorities() -> builder.build();
      case Trust.OwnAuthorities(String certificates) ->
          builder.trustManager(new ByteArrayInputStream(certificates.getBytes(US_ASCII))).build();
    };
  }
}
