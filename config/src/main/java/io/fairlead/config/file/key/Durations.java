package io.fairlead.config.file.key;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times with their unit: {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,11})(ms|s|m|h)?");

  /** RFC 2181 section 8: 31 bits of seconds. */
  public static final TextValue<Duration> TTL =
      new TextValue<>(
          "whole seconds from 0s to 2147483647s, such as 30s or 5m",
          Duration.ZERO,
          Durations::ttl,
          Durations::show);

  private Durations() {}

  public static TextValue<Duration> between(Duration least, Duration most) {
    return new TextValue<>(
        "a duration from " + show(least) + " to " + show(most) + ", such as 500ms, 2s, 5m or 1h",
        least,
        text -> {
          Duration duration = parse(text);
          if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException(text + " is out of range");
          }
          return duration;
        },
        Durations::show);
  }

  private static Duration ttl(String text) {
    Duration ttl = parse(text);
    if (ttl.toMillisPart() != 0) {
      throw new IllegalArgumentException(text + " is not a whole number of seconds");
    }
    if (ttl.toSeconds() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(text + " is out of range");
    }
    return ttl;
  }

  private static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(Quote.of(text) + " is not a duration");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case null, default ->
          throw new IllegalArgumentException(
              text + " has no unit; write " + text + "s for seconds");
    };
  }

  /** In the largest unit that has no fraction. */
  static String show(Duration duration) {
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.toSecondsPart() != 0 || duration.isZero()) {
      return duration.toSeconds() + "s";
    }
    return duration.toMinutesPart() != 0 ? duration.toMinutes() + "m" : duration.toHours() + "h";
  }
}
