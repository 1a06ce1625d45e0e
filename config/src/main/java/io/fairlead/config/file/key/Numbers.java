package io.fairlead.config.file.key;

import java.util.regex.Pattern;

/** Whole numbers, decimals, and yes and no. */
public final class Numbers {
  /** No sign but minus, no leading zero (octal to YAML 1.1), no underscore, no base. */
  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,15})?");

  /** {@code true} and {@code false} alone: {@code no} is a country. */
  public static final Value<Boolean> TRUE_OR_FALSE = WordValue.of("true", true).or("false", false);

  private Numbers() {}

  public static TextValue<Integer> between(int least, int most) {
    return new TextValue<>(
        "a whole number from " + least + " to " + most,
        least,
        text -> {
          if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(Quote.of(text) + " is not a plain whole number");
          }
          long number = Long.parseLong(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException(text + " is out of range");
          }
          return (int) number;
        });
  }

  public static TextValue<Double> decimal(int least, int most) {
    return new TextValue<>(
        "a number from " + least + " to " + most,
        (double) least,
        text -> {
          if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(Quote.of(text) + " is not a plain number");
          }
          double number = Double.parseDouble(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException(text + " is out of range");
          }
          return number;
        });
  }
}
