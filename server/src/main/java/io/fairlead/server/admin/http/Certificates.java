package io.fairlead.server.admin.http;

import io.fairlead.config.AdminSpec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate in use; read again when its files change, and kept while new ones are no good. It
 * is said once where it ends soon, and once where it has ended: it is served on, since whoever asks
 * decides whom he trusts.
 */
final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  /** Whoever renews a certificate does so weeks before it ends. */
  private static final long LOOK_MILLIS = 5_000;

  private static final Duration SOON = Duration.ofDays(7);

  private record Pair(Buffer certificate, Buffer key) {
    static Pair read(AdminSpec.Tls tls) throws IOException {
      return new Pair(
          Buffer.buffer(Files.readAllBytes(tls.certificate())),
          Buffer.buffer(Files.readAllBytes(tls.key())));
    }

    PemKeyCertOptions options() {
      return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }

    /** When the first of the chain, which is the server's own, ends; null where it is none. */
    @Nullable Instant end() {
      try {
        return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.getBytes()))
                instanceof X509Certificate own
            ? own.getNotAfter().toInstant()
            : null;
      } catch (CertificateException e) {
        return null;
      }
    }
  }

  private final AdminSpec.Tls tls;
  private final InstantSource clock;
  private Pair seen;
  private @Nullable Instant end;
  private @Nullable Duration warned;

  private Certificates(AdminSpec.Tls tls, InstantSource clock, Pair seen) {
    this.tls = tls;
    this.clock = clock;
    this.seen = seen;
    this.end = seen.end();
  }

  static Certificates use(AdminSpec.Tls tls, InstantSource clock, HttpServerOptions options)
      throws IOException {
    Pair pair = Pair.read(tls);
    options.setSsl(true).setKeyCertOptions(pair.options());
    return new Certificates(tls, clock, pair);
  }

  /** Looks for others from now on. */
  void follow(Vertx vertx, HttpServer http) {
    warn();
    vertx.setPeriodic(LOOK_MILLIS, _ -> look(http));
  }

  private void look(HttpServer http) {
    warn();
    Pair now;
    try {
      now = Pair.read(tls);
    } catch (IOException e) {
      return; // between two files that replace each other
    }
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    Instant newEnd = now.end();
    if (newEnd != null && newEnd.isBefore(clock.instant())) {
      refuse("it ended at " + newEnd);
      return;
    }
    var _ =
        http.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(now.options()))
            .onSuccess(
                _ -> {
                  end = newEnd;
                  warned = null;
                  LOG.info("admin: serving the certificate of {}", tls.certificate());
                })
            .onFailure(failure -> refuse(failure.toString()));
  }

  private void refuse(String reason) {
    LOG.error(
        "admin: {} and {} cannot be used, the certificate before goes on: {}",
        tls.certificate(),
        tls.key(),
        reason);
  }

  /** Once when it is about to end, once when it has ended. */
  private void warn() {
    if (end == null) {
      return;
    }
    Duration left = Duration.between(clock.instant(), end);
    Duration step = left.isNegative() ? Duration.ZERO : SOON;
    if (left.compareTo(SOON) < 0 && !step.equals(warned)) {
      warned = step;
      LOG.warn(
          "admin: the certificate of {} {} at {}: renew it, it is read again by itself",
          tls.certificate(),
          left.isNegative() ? "ended" : "ends",
          end);
    }
  }
}
