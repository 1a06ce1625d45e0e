package io.fairlead.health.spec;

/**
 * How a check speaks TLS.
 *
 * @param serverName what is asked for (SNI) and what the certificate must be for
 */
public record Tls(String serverName, Trust trust) {
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
}
