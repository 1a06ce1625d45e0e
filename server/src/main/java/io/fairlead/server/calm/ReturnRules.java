package io.fairlead.server.calm;

import io.fairlead.config.CalmSpec;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.policy.spec.Failback;
import io.fairlead.server.state.Absence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is asked of a member that failed, before all is as it was. */
public record ReturnRules(Failback failback, CalmSpec calm) {
  /**
   * When it comes back by itself; {@link Instant#MAX} where an operator must say so, or while its
   * checks do not pass.
   */
  public Instant due(Absence absence) {
    Instant well = absence.wellSince();
    if (well == null || failback.manual()) {
      return Instant.MAX;
    }
    Duration holdDown = calm.holdDownAfter(absence.flaps());
    Duration stable = failback.resumeAfter();
    return well.plus(holdDown.compareTo(stable) > 0 ? holdDown : stable);
  }

  /** What it has of its weight: sixteenths that grow over the slow start. */
  public int share(Absence absence, Instant now) {
    Instant back = absence.backSince();
    Duration slowStart = failback.slowStart();
    if (back == null || slowStart.isZero() || now.isBefore(back)) {
      return back == null || slowStart.isZero() ? Liveness.WHOLE : 1;
    }
    Duration step = slowStart.dividedBy(Liveness.WHOLE);
    return (int) Math.min(1 + Duration.between(back, now).dividedBy(step), Liveness.WHOLE);
  }

  /** When time alone changes what it is; {@link Instant#MAX} where it does not. */
  Instant nextChange(Absence absence, Instant now) {
    Instant back = absence.backSince();
    if (back == null) {
      return absence.isHeld() ? due(absence) : Instant.MAX;
    }
    int share = share(absence, now);
    return share == Liveness.WHOLE
        ? Instant.MAX
        : back.plus(failback.slowStart().dividedBy(Liveness.WHOLE).multipliedBy(share));
  }

  /** The failures that count against a member that fails now, this one included. */
  int flaps(@Nullable Absence before, Instant now) {
    return before == null ? 1 : remembered(before, now) + 1;
  }

  /** Whether nothing of it matters any more. */
  boolean isOver(Absence absence, Instant now) {
    return absence.backSince() != null
        && share(absence, now) == Liveness.WHOLE
        && remembered(absence, now) == 0;
  }

  /** One failure is forgotten for each longest hold-down that a member stays well after it. */
  private int remembered(Absence absence, Instant now) {
    if (calm.holdDown().isZero()) {
      return 0;
    }
    Instant back = absence.backSince();
    if (back == null) {
      return absence.flaps();
    }
    long forgotten = Duration.between(back, now).dividedBy(calm.holdDownMax());
    return Math.clamp(absence.flaps() - forgotten, 0, absence.flaps());
  }
}
