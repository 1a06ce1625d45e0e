package io.fairlead.server.calm;

import io.fairlead.dns.choice.Liveness;
import io.fairlead.server.state.Absence;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who has failed and is not yet as if that had never been, and whether very many have: a value,
 * folded over what happens by a {@link CalmDraft}. Its time is what it was told last.
 *
 * @param absences of members that are down, held back, or not long back
 * @param guardedSince since when members that fail stay in the answers; null while they do not
 * @param releasedAt failures until then no longer count for the guard
 * @param sightSince since when this node sees its surroundings; {@link Instant#MAX} while it does
 *     not, and no failure is believed
 */
public record Calm(
    Instant now,
    Map<Subject.Member, Absence> absences,
    @Nullable Instant guardedSince,
    Instant releasedAt,
    Instant sightSince) {
  public static final Calm NONE =
      new Calm(Instant.EPOCH, Map.of(), null, Instant.EPOCH, Instant.EPOCH);

  /** Whether it may not be an answer, even where its checks pass. */
  public boolean holds(Subject.Member member) {
    Absence absence = absences.get(member);
    return absence != null && absence.isOut();
  }

  /** Whether it is an answer although its checks fail. */
  public boolean guards(Subject.Member member) {
    Absence absence = absences.get(member);
    return absence != null && absence.guarded();
  }

  /** Whether the mass-down guard is on. */
  public boolean isGuarding() {
    return guardedSince != null;
  }

  /** What a member has of its weight, in sixteenths. */
  public int share(Subject.Member member, Function<Subject.Member, ReturnRules> rules) {
    Absence absence = absences.get(member);
    return absence == null || absence.backSince() == null
        ? Liveness.WHOLE
        : rules.apply(member).share(absence, now);
  }

  /** Those whose way back is another than before, and those whose share grows. */
  public Set<Subject.Member> changedSince(Calm before) {
    var changed = new HashSet<Subject.Member>();
    absences.forEach(
        (member, absence) -> {
          boolean same = absence.equals(before.absences.get(member));
          if (!same || (absence.backSince() != null && now.isAfter(before.now))) {
            changed.add(member);
          }
        });
    before.absences.keySet().stream()
        .filter(member -> !absences.containsKey(member))
        .forEach(changed::add);
    return changed;
  }

  /** When time alone changes something next; {@link Instant#MAX} where it does not. */
  public Instant nextChange(Fleet fleet) {
    Instant next = Instant.MAX;
    for (var entry : absences.entrySet()) {
      if (entry.getValue().wellSince() != null) {
        Instant one = fleet.rules().apply(entry.getKey()).nextChange(entry.getValue(), now);
        next = one.isBefore(next) ? one : next;
      }
    }
    Instant quiet = isGuarding() ? quietAt(fleet.guard().window()) : Instant.MAX;
    return quiet.isAfter(now) && quiet.isBefore(next) ? quiet : next;
  }

  /** Whether this node sees nothing of its surroundings. */
  public boolean isBlind() {
    return sightSince.equals(Instant.MAX);
  }

  /**
   * When a whole window has passed in which this node saw and nobody failed; {@link Instant#MAX}
   * while it is blind, because then silence says nothing.
   */
  Instant quietAt(Duration window) {
    if (isBlind()) {
      return Instant.MAX;
    }
    Instant last = lastFailure();
    return (last.isAfter(sightSince) ? last : sightSince).plus(window);
  }

  /** When the last of those failed that are down now. */
  private Instant lastFailure() {
    return absences.values().stream()
        .filter(Absence::isDown)
        .map(Absence::failedAt)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }
}
