package io.fairlead.health.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a check speaks TLS.
 *
 * @param serverName what is asked for (SNI) and what the certificate must be for; empty in a
 *     monitor = the host of each member's probes
 * @param identity our own certificate; null = we have none to show
 * @param warnBefore a certificate that ends sooner is worth a warning; zero = never
 */
public record Tls(
    String serverName, Trust trust, @Nullable Identity identity, Duration warnBefore) {
  public static final Duration DEFAULT_WARN_BEFORE = Duration.ofDays(14);

  public Tls(String serverName, Trust trust) {
    this(serverName, trust, null, DEFAULT_WARN_BEFORE);
  }

  /** Which certificates are taken. */
  public sealed interface Trust {
    /** Any, for any name, in time or not: only that TLS is spoken is checked. */
    record Anyone() implements Trust {}

    /** Those that the JDK's trust store leads to. */
    record PublicAuthorities() implements Trust {}

    /**
     * Those that lead to the operator's own authorities.
     *
     * @param certificates one or more certificates, PEM
     */
    record OwnAuthorities(String certificates) implements Trust {}
  }

  /**
   * What we show to a target that asks who we are.
   *
   * @param certificates ours in front, then those that lead to its authority, PEM
   * @param key PKCS #8, PEM, without a password
   */
  public record Identity(String certificates, String key) {
    /** The key is nobody's business. */
    @Override
    public String toString() {
      return "Identity[" + Integer.toHexString(hashCode()) + "]";
    }
  }

  /** The same, which asks for this host where it had no name of its own to ask for. */
  Tls forHost(String host) {
    return serverName.isEmpty() ? new Tls(withoutPort(host), trust, identity, warnBefore) : this;
  }

  /** "a.example:8443" is a.example, "[::1]:8443" is ::1; a bare IPv6 address stays. */
  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      return host.substring(1, host.indexOf(']'));
    }
    int colon = host.indexOf(':');
    return colon < 0 || colon != host.lastIndexOf(':') ? host : host.substring(0, colon);
  }
}
