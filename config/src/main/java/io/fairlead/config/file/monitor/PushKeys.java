package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.health.spec.MonitorSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** What monitors of type push have. */
final class PushKeys {
  /** 16 characters of 64 are 96 bits: nobody guesses that over a network. */
  private static final int SHORTEST_TOKEN = 16;

  static final Key<String> TOKEN =
      Key.otherwise(
          "token",
          Texts.ANY,
          "that of tokenFile",
          "push: the secret that a site shows with its reports");
  static final Key<Path> TOKEN_FILE =
      Key.otherwise(
          "tokenFile",
          Texts.PATH,
          "the token is here",
          "push: the file whose first line it is, relative to this file's folder");

  private PushKeys() {}

  static MonitorSpec.Type read(Section monitor, UnaryOperator<Path> resolve) {
    if (monitor.has(TOKEN) == monitor.has(TOKEN_FILE)) {
      monitor.error(TOKEN, "exactly one of token, tokenFile is needed by a monitor of type push");
      return new MonitorSpec.Type.Push(sha256(""));
    }
    Key<?> where = monitor.has(TOKEN) ? TOKEN : TOKEN_FILE;
    String written = monitor.find(TOKEN);
    String token =
        written != null
            ? written
            : SideFile.read(monitor, TOKEN_FILE, resolve).lines().findFirst().orElse("");
    if (monitor.isSound(where) && token.length() < SHORTEST_TOKEN) {
      monitor.error(
          where,
          "the token has %d characters; allowed: %d or more, as openssl rand -base64 24 makes"
              .formatted(token.length(), SHORTEST_TOKEN));
    }
    return new MonitorSpec.Type.Push(sha256(token));
  }

  private static String sha256(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
