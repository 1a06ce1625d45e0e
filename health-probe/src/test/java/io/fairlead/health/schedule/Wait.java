package io.fairlead.health.schedule;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads, with a deadline that only a failure meets. */
public final class Wait {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  public static void until(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + PATIENCE + " for: " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  private Wait() {}
}
