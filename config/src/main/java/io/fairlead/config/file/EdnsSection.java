package io.fairlead.config.file;

import io.fairlead.config.CookieSecretFile;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.dns.query.EdnsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code edns}. */
final class EdnsSection {
  private static final Key<Boolean> COOKIES_ENABLED =
      Key.optional(
          "enabled", Numbers.TRUE_OR_FALSE, true, "whether cookies are given and known (RFC 7873)");
  private static final Key<Path> SECRET_FILE =
      Key.otherwise(
          "secretFile",
          Texts.PATH,
          "a secret of this process, a new one each day",
          "secrets of 32 hexadecimal digits, one a line, the first makes cookies; read again when"
              + " it changes");

  private static final KeyTable COOKIES = KeyTable.of("edns.cookies", COOKIES_ENABLED, SECRET_FILE);

  private static final Key<Integer> PAYLOAD =
      Key.optional(
          "payload",
          Numbers.between(EdnsSettings.MIN_PAYLOAD, EdnsSettings.MAX_PAYLOAD),
          EdnsSettings.DEFAULT_PAYLOAD,
          "the largest UDP reply that is sent");
  private static final Key<String> NSID =
      Key.otherwise(
          "nsid",
          Texts.NSID,
          "it is not told",
          "what this server calls itself to who asks (RFC 5001, RFC 4892)");
  private static final Key<Section> COOKIES_KEY =
      Key.section("cookies", COOKIES, "which clients have shown that their address is theirs");

  static final KeyTable KEYS = KeyTable.of("edns", PAYLOAD, NSID, COOKIES_KEY);

  private final Section edns;
  private final Section cookies;

  EdnsSection(Section edns) {
    this.edns = edns;
    this.cookies = edns.get(COOKIES_KEY);
  }

  EdnsSettings settings(Duration tcpIdleTimeout) {
    String nsid = edns.find(NSID);
    return new EdnsSettings(edns.get(PAYLOAD), nsid == null ? "" : nsid, tcpIdleTimeout);
  }

  boolean cookiesEnabled() {
    return cookies.get(COOKIES_ENABLED);
  }

  /** The secrets' file, looked at now: what cannot be used is said where the key stands. */
  @Nullable Path secretFile(LoadContext context) {
    Path told = cookies.find(SECRET_FILE);
    if (told == null || !cookies.isSound(SECRET_FILE)) {
      return null;
    }
    Path file = context.resolve(told);
    try {
      CookieSecretFile.read(file);
    } catch (IllegalArgumentException e) {
      cookies.error(SECRET_FILE, String.valueOf(e.getMessage()));
    }
    return file;
  }
}
