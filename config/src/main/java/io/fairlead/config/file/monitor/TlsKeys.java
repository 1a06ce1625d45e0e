package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.health.probe.TlsFiles;
import io.fairlead.health.spec.Tls;
import io.fairlead.health.spec.Tls.Identity;
import io.fairlead.health.spec.Tls.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code tls} of a monitor. */
final class TlsKeys {
  private static final Duration A_YEAR = Duration.ofDays(365);

  private static final Key<Boolean> VERIFY =
      Key.optional(
          "verify",
          Numbers.TRUE_OR_FALSE,
          true,
          "false: any certificate will do, for any name, in time or not");
  private static final Key<Path> AUTHORITIES =
      Key.otherwise(
          "authorities",
          Texts.PATH,
          "those that the JDK knows",
          "whom to trust: certificates, PEM, relative to this file's folder");
  private static final Key<Path> CERTIFICATE =
      Key.otherwise(
          "certificate", Texts.PATH, "none", "what we show to who asks: certificates, PEM");
  private static final Key<Path> PRIVATE_KEY =
      Key.otherwise("key", Texts.PATH, "none", "the key of that certificate: PKCS #8, PEM");
  private static final Key<Duration> WARN_BEFORE =
      Key.optional(
          "warnBefore",
          Durations.between(Duration.ZERO, A_YEAR),
          Tls.DEFAULT_WARN_BEFORE,
          "a certificate that ends sooner is warned of");

  static final KeyTable KEYS =
      KeyTable.of("tls", VERIFY, AUTHORITIES, CERTIFICATE, PRIVATE_KEY, WARN_BEFORE);

  private TlsKeys() {}

  /** Of no server's name: each member has its own. */
  static Tls read(Section tls, UnaryOperator<Path> resolve) {
    var spec = new Tls("", trust(tls, resolve), identity(tls, resolve), tls.get(WARN_BEFORE));
    boolean hasFiles = tls.has(AUTHORITIES) || tls.has(CERTIFICATE);
    if (hasFiles && tls.isSound(AUTHORITIES, CERTIFICATE, PRIVATE_KEY)) {
      String problem = TlsFiles.problem(spec);
      if (!problem.isEmpty()) {
        tls.error(tls.has(CERTIFICATE) ? CERTIFICATE : AUTHORITIES, "it is of no use: " + problem);
      }
    }
    return spec;
  }

  private static Trust trust(Section tls, UnaryOperator<Path> resolve) {
    String authorities = SideFile.read(tls, AUTHORITIES, resolve);
    if (!tls.get(VERIFY)) {
      if (tls.has(AUTHORITIES)) {
        tls.error(AUTHORITIES, "verify: false trusts anyone; leave one of the two out");
      }
      return new Trust.Anyone();
    }
    return authorities.isEmpty()
        ? new Trust.PublicAuthorities()
        : new Trust.OwnAuthorities(authorities);
  }

  private static @Nullable Identity identity(Section tls, UnaryOperator<Path> resolve) {
    if (tls.has(CERTIFICATE) != tls.has(PRIVATE_KEY)) {
      tls.error(
          tls.has(CERTIFICATE) ? CERTIFICATE : PRIVATE_KEY,
          "a certificate and its key are of use together only; name both");
    }
    String certificate = SideFile.read(tls, CERTIFICATE, resolve);
    String key = SideFile.read(tls, PRIVATE_KEY, resolve);
    return certificate.isEmpty() || key.isEmpty() ? null : new Identity(certificate, key);
  }
}
