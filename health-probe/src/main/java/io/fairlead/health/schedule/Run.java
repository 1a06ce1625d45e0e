package io.fairlead.health.schedule;

import io.fairlead.health.probe.Probe;
import org.jspecify.annotations.Nullable;

/** One probe under way, as the prober sees it; the loop's thread only. */
final class Run {
  final Watched watched;
  final long startedNanos;
  final long lostBefore;
  boolean over;

  /** Null before it began and after it has ended. */
  Probe.@Nullable Attempt attempt;

  Loop.@Nullable Timer deadline;

  /**
   * @param lostBefore what {@link Stalls} had counted when it began
   */
  Run(Watched watched, long startedNanos, long lostBefore) {
    this.watched = watched;
    this.startedNanos = startedNanos;
    this.lostBefore = lostBefore;
  }
}
