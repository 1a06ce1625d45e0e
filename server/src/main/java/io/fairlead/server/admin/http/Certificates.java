package io.fairlead.server.admin.http;

import io.fairlead.config.AdminSpec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate in use; read again when its files change, and kept while new ones are no good.
 */
final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  /** Whoever renews a certificate does so weeks before it ends. */
  private static final long LOOK_MILLIS = 5_000;

  private record Pair(Buffer certificate, Buffer key) {
    static Pair read(AdminSpec.Tls tls) throws IOException {
      return new Pair(
          Buffer.buffer(Files.readAllBytes(tls.certificate())),
          Buffer.buffer(Files.readAllBytes(tls.key())));
    }

    PemKeyCertOptions options() {
      return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }
  }

  private final AdminSpec.Tls tls;
  private Pair seen;

  private Certificates(AdminSpec.Tls tls, Pair seen) {
    this.tls = tls;
    this.seen = seen;
  }

  static Certificates use(AdminSpec.Tls tls, HttpServerOptions options) throws IOException {
    Pair pair = Pair.read(tls);
    options.setSsl(true).setKeyCertOptions(pair.options());
    return new Certificates(tls, pair);
  }

  /** Looks for others from now on. */
  void follow(Vertx vertx, HttpServer http) {
    vertx.setPeriodic(LOOK_MILLIS, _ -> look(http));
  }

  private void look(HttpServer http) {
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
    var _ =
        http.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(now.options()))
            .onSuccess(_ -> LOG.info("admin: serving the certificate of {}", tls.certificate()))
            .onFailure(
                failure ->
                    LOG.error(
                        "admin: {} and {} cannot be used, the certificate before goes on: {}",
                        tls.certificate(),
                        tls.key(),
                        failure.toString()));
  }
}
