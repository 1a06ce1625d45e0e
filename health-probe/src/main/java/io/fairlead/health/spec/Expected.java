package io.fairlead.health.spec;

import java.util.regex.Pattern;

/**
 * What must be found in the first octets of an answer. An octet is a character from U+0000 to
 * U+00FF here and in all that is sent, so that any protocol can be spoken; {@link Octets} makes
 * them of text.
 *
 * @param regex whether the text is a regular expression, to be found somewhere, or itself the text
 */
public record Expected(String text, boolean regex, int withinOctets) {
  public static final int DEFAULT_WITHIN_OCTETS = 2048;

  /** A regular expression's recursion is as deep as the text is long: this is far from the end. */
  public static final int MAX_WITHIN_OCTETS = 16 * 1024;

  public Expected {
    if (withinOctets < 1 || withinOctets > MAX_WITHIN_OCTETS) {
      throw new IllegalArgumentException(
          "it is looked for in the first 1 to "
              + MAX_WITHIN_OCTETS
              + " octets, not "
              + withinOctets);
    }
    if (regex) {
      Pattern _ = Pattern.compile(text);
    }
  }

  public static Expected text(String octets) {
    return new Expected(octets, false, DEFAULT_WITHIN_OCTETS);
  }

  public static Expected regex(String pattern) {
    return new Expected(pattern, true, DEFAULT_WITHIN_OCTETS);
  }

  /** As it is named in a reason: "ready" or /ready|idle/. */
  @Override
  public String toString() {
    return regex ? "/" + text + "/" : "\"" + text + "\"";
  }
}
