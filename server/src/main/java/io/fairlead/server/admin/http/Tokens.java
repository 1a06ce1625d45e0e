package io.fairlead.server.admin.http;

import io.fairlead.config.AdminSpec.Role;
import io.fairlead.config.AdminSpec.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may ask what, by bearer tokens (RFC 6750). */
final class Tokens {
  private final List<Token> tokens;

  Tokens(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  boolean areNeeded() {
    return !tokens.isEmpty();
  }

  /**
   * Lets a call pass, and tells it who it is.
   *
   * @throws Refusal where its token is not one of ours, or does not allow this
   */
  void admit(Call call, Role needed) {
    if (!areNeeded()) {
      return;
    }
    String secret = call.bearer();
    if (secret == null) {
      throw new Refusal(Status.UNAUTHORIZED, "a token is needed: Authorization: Bearer TOKEN");
    }
    Token token = find(secret);
    if (token.role().compareTo(needed) < 0) {
      throw new Refusal(
          Status.FORBIDDEN,
          "the token \"%s\" may %s; to %s takes one that may %s"
              .formatted(
                  token.name(),
                  token.role().word(),
                  needed == Role.PUSH ? "push members" : "change something",
                  needed.word()));
    }
    call.admitted(token.name());
  }

  /** All are compared, each in constant time: nobody learns from how long it takes. */
  private Token find(String secret) {
    byte[] hash = sha256(secret);
    @Nullable Token found = null;
    for (Token token : tokens) {
      if (MessageDigest.isEqual(hash, HexFormat.of().parseHex(token.sha256()))) {
        found = token;
      }
    }
    if (found == null) {
      throw new Refusal(Status.UNAUTHORIZED, "this token is not known here");
    }
    return found;
  }

  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
