package io.fairlead.server.scenario;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for an event, not for a time. */
final class Until {
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  private Until() {}

  /**
   * Looks until it is so.
   *
   * @return how long that took
   * @throws AssertionError where it is not so in time
   */
  static Duration isTrue(String what, Duration atMost, BooleanSupplier event) {
    return isTrue(() -> what, atMost, event);
  }

  static Duration isTrue(Supplier<String> what, Duration atMost, BooleanSupplier event) {
    long start = System.nanoTime();
    while (!event.getAsBoolean()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new AssertionError("not within " + atMost + ": " + what.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
