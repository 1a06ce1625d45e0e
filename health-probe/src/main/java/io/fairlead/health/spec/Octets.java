package io.fairlead.health.spec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Octets as strings of the characters U+0000 to U+00FF: they compare, and make equal checks one.
 */
public final class Octets {
  /** The octets of the text in UTF-8. */
  public static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  public static byte[] bytes(String octets) {
    return octets.getBytes(ISO_8859_1);
  }

  private Octets() {}
}
