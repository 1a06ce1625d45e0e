package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Identity;
import io.fairlead.health.spec.Tls.Trust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The client's side of TLS, with one context per kind of trust. One thread uses it. */
final class TlsClients {
  /** Reloads bring new authorities, a few; old ones are forgotten all at once. */
  private static final int MAX_CONTEXTS = 64;

  /** What is offered within the handshake (RFC 7301). */
  enum Alpn {
    NONE,
    HTTP_2,
    HTTP_2_OR_1;

    private ApplicationProtocolConfig config() {
      return switch (this) {
        case NONE -> ApplicationProtocolConfig.DISABLED;
        case HTTP_2 -> offering(ApplicationProtocolNames.HTTP_2);
        case HTTP_2_OR_1 ->
            offering(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
      };
    }

    private static ApplicationProtocolConfig offering(String... names) {
      return new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          names);
    }
  }

  private record Kind(Trust trust, @Nullable Identity identity, Alpn alpn) {}

  private final Map<Kind, SslContext> contexts = new HashMap<>();
  private final InstantSource clock;

  TlsClients(InstantSource clock) {
    this.clock = clock;
  }

  /** One handshake. */
  record Client(SslHandler handler, Duration warnBefore, InstantSource clock) {
    /** Of a target that was trusted: whether its certificate ends soon; empty = it does not. */
    String warning() {
      try {
        Certificate[] shown = handler.engine().getSession().getPeerCertificates();
        if (shown[0] instanceof X509Certificate certificate) {
          Instant end = certificate.getNotAfter().toInstant();
          if (end.isBefore(clock.instant().plus(warnBefore))) {
            return "its certificate ends at " + end;
          }
        }
        return "";
      } catch (SSLPeerUnverifiedException _) {
        return ""; // a suite without certificates: nothing that ends
      }
    }
  }

  /**
   * Throws where such a client cannot be.
   *
   * @throws SSLException with what is wrong with the certificates or the key as its cause
   */
  static void check(Tls tls) throws SSLException {
    SslContext _ = context(new Kind(tls.trust(), tls.identity(), Alpn.NONE));
  }

  /**
   * A client for one handshake.
   *
   * @param alpn what is agreed on within
   */
  Client client(Tls tls, Alpn alpn, ByteBufAllocator allocator, int port) throws SSLException {
    var kind = new Kind(tls.trust(), tls.identity(), alpn);
    SslContext context = contexts.get(kind);
    if (context == null) {
      context = context(kind);
      if (contexts.size() >= MAX_CONTEXTS) {
        contexts.clear();
      }
      contexts.put(kind, context);
    }
    SslHandler handler = context.newHandler(allocator, tls.serverName(), port);
    handler.setHandshakeTimeoutMillis(0); // the probe's own deadline covers it
    return new Client(handler, tls.warnBefore(), clock);
  }

  private static SslContext context(Kind kind) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .sessionCacheSize(1); // a probe is to see the certificate, not to resume
    builder.applicationProtocolConfig(kind.alpn().config());
    if (kind.identity() instanceof Identity(String certificates, String key)) {
      builder.keyManager(octets(certificates), octets(key));
    }
    return switch (kind.trust()) {
      case Trust.Anyone() ->
          builder
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null)
              .build();
      case Trust.PublicAuthorities() -> builder.build();
      case Trust.OwnAuthorities(String certificates) ->
          builder.trustManager(octets(certificates)).build();
    };
  }

  private static InputStream octets(String pem) {
    return new ByteArrayInputStream(pem.getBytes(US_ASCII));
  }
}
