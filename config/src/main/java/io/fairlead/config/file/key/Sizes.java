package io.fairlead.config.file.key;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes with their unit: {@code 512B}, {@code 64KiB}, {@code 1MiB}. */
public final class Sizes {
  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})(B|KiB|MiB)?");

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  private Sizes() {}

  /** In octets. */
  public static TextValue<Integer> between(int least, int most) {
    return new TextValue<>(
        "a size from " + show(least) + " to " + show(most) + ", such as 512B, 64KiB or 1MiB",
        least,
        text -> {
          long size = parse(text);
          if (size < least || size > most) {
            throw new IllegalArgumentException(text + " is out of range");
          }
          return (int) size;
        },
        Sizes::show);
  }

  private static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(Quote.of(text) + " is not a size");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "B" -> count;
      case "KiB" -> count * KIB;
      case "MiB" -> count * MIB;
      case null, default ->
          throw new IllegalArgumentException(text + " has no unit; write " + text + "B for octets");
    };
  }

  /** In the largest unit that has no fraction. */
  static String show(int octets) {
    if (octets == 0 || octets % KIB != 0) {
      return octets + "B";
    }
    return octets % MIB != 0 ? octets / KIB + "KiB" : octets / MIB + "MiB";
  }
}
