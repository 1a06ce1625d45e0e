package io.fairlead.health.schedule;

import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.RiseFall;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One target while it is watched: its grid, its counters, its probe under way. */
final class Watched {
  final Target target;
  final Grid grid;
  final RiseFall counters;
  final History history = new History();

  /** The present probe; the loop's thread only. */
  @Nullable Run run;

  /** Wakes it for its next slot, where no probe is under way; the loop's thread only. */
  Loop.@Nullable Timer nextSlot;

  private final Verdict lastKnown;
  private volatile TargetStatus status;

  /** Set by whoever ends it, before the loop hears of it: no probe starts after. */
  private volatile boolean ended;

  Watched(Target target, Grid grid, Verdict lastKnown, Instant now) {
    this.target = target;
    this.grid = grid;
    this.counters = new RiseFall(target.rise(), target.fall());
    this.lastKnown = lastKnown;
    this.status = new TargetStatus(Verdict.UNKNOWN, lastKnown, now, "not probed yet", "", false);
  }

  TargetStatus status() {
    return status;
  }

  boolean undecided() {
    return counters.verdict() == Verdict.UNKNOWN;
  }

  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  void count(boolean passed, String reason, String warning, Instant now) {
    boolean changed = counters.count(passed);
    status =
        new TargetStatus(
            counters.verdict(),
            Verdict.UNKNOWN,
            changed ? now : status.since(),
            reason,
            passed ? warning : status.warning(),
            counters.isContradicted());
  }

  void notCounted(String reason) {
    if (undecided()) {
      status = new TargetStatus(Verdict.UNKNOWN, lastKnown, status.since(), reason, "", false);
    }
  }
}
