package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what must come, within a deadline that a loaded machine keeps. */
final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("still waiting until " + what).isNegative();
      pause();
    }
  }

  static void untilEquals(String what, LongSupplier actual, long expected) {
    until(
        what + " is " + expected + "; it is " + actual.getAsLong(),
        () -> actual.getAsLong() == expected);
  }

  /** Between two looks. */
  static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
  }
}
