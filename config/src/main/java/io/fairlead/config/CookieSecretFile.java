package io.fairlead.config;

import io.fairlead.dns.cookie.CookieSecret;
import io.fairlead.dns.cookie.CookieSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of secrets that several servers share: one a line, 32 hexadecimal digits each; the first
 * makes cookies, a second one is known too. Empty lines and those that begin with # are passed
 * over.
 */
public final class CookieSecretFile {
  /** Two secrets and some words about them. */
  private static final int MAX_OCTETS = 4096;

  private CookieSecretFile() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException says what is wrong with the file and its line, never a secret
   */
  public static CookieSecrets read(Path file) {
    List<CookieSecret> secrets = new ArrayList<>();
    int number = 0;
    for (String line : text(file).split("\n", -1)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        try {
          secrets.add(CookieSecret.parse(text));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
        }
      }
    }
    if (secrets.isEmpty() || secrets.size() > 2) {
      throw new IllegalArgumentException(
          file + " has " + secrets.size() + " secrets; allowed: one or two, each on its line");
    }
    return new CookieSecrets(secrets.getFirst(), secrets.getLast());
  }

  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        throw new IllegalArgumentException(
            file + " is larger than " + MAX_OCTETS + " octets; allowed: one or two secrets");
      }
      return new String(octets, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    }
  }
}
