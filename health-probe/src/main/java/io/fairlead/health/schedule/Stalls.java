package io.fairlead.health.schedule;

/**
 * Notices when this process stood still: stopped, suspended, starved. Timers tell of it, since one
 * that is due every {@link #BEAT_NANOS} then comes much too late.
 */
final class Stalls {
  /** Often enough to see a stall of 100 ms, the shortest that can spoil a usual timeout. */
  static final long BEAT_NANOS = 50_000_000;

  private static final long STALL_NANOS = 2 * BEAT_NANOS;

  /** As long as the most impatient peers wait for us: after that they hang up. */
  private static final long STOP_NANOS = 1_000_000_000;

  private long lastSeen;
  private long lost;
  private long stopEnd;

  Stalls(long nowNanos) {
    lastSeen = nowNanos;
    stopEnd = nowNanos;
  }

  /**
   * Also to be called by whatever may run before the late beat does.
   *
   * @return nanoseconds lost so far; the difference of two calls is what was lost between them
   */
  long lostUntil(long nowNanos) {
    long gap = nowNanos - lastSeen;
    if (gap > STALL_NANOS) {
      lost += gap;
      lastSeen = nowNanos;
    }
    if (gap > STOP_NANOS) {
      stopEnd = nowNanos;
    }
    return lost;
  }

  /** Whether there was, since then, a stall so long that others may have given us up. */
  boolean stoppedSince(long nanos, long nowNanos) {
    long _ = lostUntil(nowNanos);
    return stopEnd - nanos > 0;
  }

  void beat(long nowNanos) {
    long _ = lostUntil(nowNanos);
    lastSeen = nowNanos;
  }
}
