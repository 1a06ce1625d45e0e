package io.fairlead.health.schedule;

/** One thread's clock and timers: all probing happens on it, so that nothing there needs a lock. */
public interface Loop extends AutoCloseable {
  /** Monotonic; jumps of the wall clock do not show. */
  long nanoTime();

  Timer schedule(long delayNanos, Runnable task);

  /** Runs the task soon, on the loop's thread; may be called from any. */
  void execute(Runnable task);

  /** Ends the thread; what was not run by then never is. */
  @Override
  void close();

  interface Timer {
    void cancel();
  }
}
