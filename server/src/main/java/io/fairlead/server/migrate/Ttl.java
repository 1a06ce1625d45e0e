package io.fairlead.server.migrate;

import java.util.Locale;

/** A TTL as master files have it: seconds, or such as 1h30m. */
public final class Ttl {
  private Ttl() {}

  /**
   * The seconds of a text.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static long seconds(String text) {
    long seconds = 0;
    long number = 0;
    for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c >= '0' && c <= '9') {
        number = 10 * number + (c - '0');
      } else {
        seconds += number * unit(c, text);
        number = 0;
      }
    }
    return seconds + number;
  }

  private static long unit(char c, String text) {
    return switch (c) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3600;
      case 'd' -> 86_400;
      case 'w' -> 604_800;
      default -> throw new IllegalArgumentException("\"" + text + "\" is no TTL");
    };
  }
}
