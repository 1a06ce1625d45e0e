package io.fairlead.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the admin API is, and who may ask it.
 *
 * @param tls null = plain HTTP, on loopback alone
 * @param tokens empty = anybody who gets there, on loopback alone
 */
public record AdminSpec(InetSocketAddress listen, @Nullable Tls tls, List<Token> tokens) {
  public AdminSpec {
    tokens = List.copyOf(tokens);
  }

  /** On loopback, for anybody there. */
  public AdminSpec(InetSocketAddress listen) {
    this(listen, null, List.of());
  }

  /** Files in PEM that are read again when they change. */
  public record Tls(Path certificate, Path key) {}

  /** What a token allows; each may do what those before it may. */
  public enum Role {
    READ,
    /** Also to push what clusters offer. */
    PUSH,
    /** Also to change. */
    OPERATE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Who knows this secret.
   *
   * @param name for the audit
   * @param sha256 of the secret, in hexadecimal: the secret itself is kept nowhere
   */
  public record Token(String name, Role role, String sha256) {}
}
