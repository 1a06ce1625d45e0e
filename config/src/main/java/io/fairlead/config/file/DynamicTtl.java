package io.fairlead.config.file;

import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.TextValue;
import java.time.Duration;

/** A TTL for doubtful times, or the word {@code off}. */
final class DynamicTtl {
  static final Duration OFF = Duration.ofSeconds(-1);

  static final TextValue<Duration> VALUE =
      new TextValue<>(
          "off, or " + Durations.TTL.allowed(),
          OFF,
          text -> text.equals("off") ? OFF : Durations.TTL.parser().apply(text),
          told -> told.equals(OFF) ? "off" : Durations.TTL.show(told));

  private DynamicTtl() {}
}
