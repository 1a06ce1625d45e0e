package io.fairlead.health.schedule;

/**
 * The moments at which one target is probed: phase + n * interval, for ever. Lateness of one probe
 * never moves the next.
 */
record Grid(long phaseNanos, long intervalNanos) {
  /** The first slot that is not before the given moment. */
  long slotFrom(long nanos) {
    long sincePhase = nanos - phaseNanos;
    return phaseNanos + Math.ceilDiv(sincePhase, intervalNanos) * intervalNanos;
  }
}
