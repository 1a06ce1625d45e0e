package io.fairlead.health.schedule;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads phases evenly over each interval, however many there will be: a Weyl sequence, the
 * multiples of the golden ratio's fraction. Where it begins is random, so that nodes which were
 * started together do not probe together.
 */
final class Phases {
  /** 2^64 / golden ratio: of all steps the one whose multiples keep furthest apart. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** Targets of one tick are served by one wake-up of the loop: that is cheaper, and as even. */
  static final long TICK_NANOS = 4_000_000;

  private final long originNanos;
  private long fraction;

  Phases(long originNanos, RandomGenerator random) {
    this.originNanos = originNanos;
    this.fraction = random.nextLong();
  }

  Grid next(Duration interval) {
    long nanos = interval.toNanos();
    fraction += STEP;
    long phase = Math.unsignedMultiplyHigh(fraction, nanos);
    return new Grid(originNanos + phase - phase % TICK_NANOS, nanos);
  }
}
