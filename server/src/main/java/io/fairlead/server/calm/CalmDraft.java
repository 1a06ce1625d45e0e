package io.fairlead.server.calm;

import io.fairlead.server.state.Absence;
import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A calm that is being changed; lives for one batch of events. */
public final class CalmDraft {
  private final Calm before;
  private final Fleet fleet;
  private Instant time;
  private Map<Subject.Member, Absence> next;
  private @Nullable Instant guardedSince;
  private Instant releasedAt;
  private Instant sightSince;

  /** Failures of the last window; counted once a batch, because each failure asks. */
  private @Nullable Losses wave;

  public CalmDraft(Calm before, Fleet fleet) {
    this.before = before;
    this.fleet = fleet;
    time = before.now();
    next = before.absences();
    guardedSince = before.guardedSince();
    releasedAt = before.releasedAt();
    sightSince = before.sightSince();
  }

  /** Time has passed; it never goes back. */
  public void passed(Instant at) {
    time = at.isAfter(time) ? at : time;
  }

  /** What the last process knew. */
  public void restored(KeptState kept) {
    next = new HashMap<>(kept.absences());
    guardedSince = kept.guardedSince();
  }

  /** This node sees nothing of its surroundings from now on, or sees again. */
  public void blind(boolean now) {
    sightSince = now ? Instant.MAX : time;
  }

  /** A member's checks have turned it down. */
  public void failed(Subject.Member member, Instant at) {
    passed(at);
    Absence last = next.get(member);
    boolean wasAnswer = last == null || !last.isOut();
    if (guardedSince == null && (calm().isBlind() || isMass(member))) {
      guardedSince = time;
    }
    int flaps = fleet.rules().apply(member).flaps(last, at);
    own().put(member, new Absence(at, flaps, null, null, wasAnswer && guardedSince != null));
  }

  private boolean isMass(Subject.Member member) {
    if (wave == null) {
      Instant start = time.minus(fleet.guard().window());
      wave = losses(one -> one.failedAt().isAfter(start) && one.failedAt().isAfter(releasedAt));
    }
    wave.add(fleet.site().apply(member));
    return wave.isMass();
  }

  private Losses losses(Predicate<Absence> counts) {
    var losses = new Losses(fleet.guard(), fleet.monitored());
    next.forEach(
        (member, absence) -> {
          if (absence.isDown() && counts.test(absence)) {
            losses.add(fleet.site().apply(member));
          }
        });
    return losses;
  }

  /** A member's checks pass again. */
  public void well(Subject.Member member, Instant at) {
    passed(at);
    Absence absence = next.get(member);
    if (absence != null && absence.isDown()) {
      wave = null;
      if (absence.guarded()) {
        own().remove(member); // it never left
      } else {
        own().put(member, absence.wellSince(at));
      }
    }
  }

  /** A member's checks fail of which nothing was known; it is not well, if it was held back. */
  public void notWell(Subject.Member member) {
    Absence absence = next.get(member);
    if (absence != null && absence.isHeld()) {
      own().put(member, absence.wellSince(null));
    }
  }

  /** An operator does not want to wait any longer for a member whose checks pass. */
  public void resumed(Subject.Member member, Instant at) {
    passed(at);
    Absence absence = next.get(member);
    if (absence != null && absence.isHeld()) {
      own().put(member, absence.backSince(at));
    }
  }

  /** An operator believes the failures: they count, and those until now no longer alarm. */
  public void released(Instant at) {
    passed(at);
    guardedSince = null;
    releasedAt = time;
    wave = null;
    for (var entry : List.copyOf(next.entrySet())) {
      if (entry.getValue().guarded()) {
        own().put(entry.getKey(), entry.getValue().unguarded());
      }
    }
  }

  /**
   * Lets those back whose time has come, forgets those of whom nothing matters any more, and takes
   * the guard off when the wave has passed.
   *
   * @param known whether there is such a member still
   */
  public Calm settled(Predicate<Subject.Member> known) {
    for (var entry : List.copyOf(next.entrySet())) {
      Subject.Member member = entry.getKey();
      Absence absence = entry.getValue();
      if (!known.test(member)) {
        own().remove(member);
      } else if (absence.wellSince() != null) {
        settle(member, absence, fleet.rules().apply(member));
      }
    }
    if (guardedSince != null && hasPassed()) {
      released(time);
    }
    return calm();
  }

  private void settle(Subject.Member member, Absence absence, ReturnRules asked) {
    Instant due = asked.due(absence);
    Absence now = absence;
    if (absence.isOut() && !due.isAfter(time)) {
      now = absence.backSince(due);
      own().put(member, now);
    }
    if (asked.isOver(now, time)) {
      own().remove(member);
    }
  }

  /**
   * The wave has passed when most members are up again; or when nobody has failed for a whole
   * window and some site is still there: then our sight is good, and the loss is real. To who is
   * blind nothing has passed.
   */
  private boolean hasPassed() {
    if (calm().isBlind()) {
      return false;
    }
    Losses down = losses(_ -> true);
    boolean quiet = !calm().quietAt(fleet.guard().window()).isAfter(time);
    return down.isTooSmall() || !down.isMost() || (quiet && down.leavesASite());
  }

  private Calm calm() {
    return new Calm(time, Collections.unmodifiableMap(next), guardedSince, releasedAt, sightSince);
  }

  private Map<Subject.Member, Absence> own() {
    if (next == before.absences()) {
      next = new HashMap<>(next);
    }
    return next;
  }
}
