package io.fairlead.server.calm;

import io.fairlead.server.state.Absence;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who has failed and is not yet as if that had never been: a value, folded over what happens. Its
 * time is what it was told last.
 *
 * @param absences of members that are out, or not long back
 */
public record Calm(Instant now, Map<Subject.Member, Absence> absences) {
  public static final Calm NONE = new Calm(Instant.EPOCH, Map.of());

  /** Whether it may not be an answer, even where its checks pass. */
  public boolean holds(Subject.Member member) {
    Absence absence = absences.get(member);
    return absence != null && absence.isOut();
  }

  /** Those whose way back is another than before. */
  public Set<Subject.Member> changedSince(Calm before) {
    if (absences == before.absences) {
      return Set.of();
    }
    var changed = new HashSet<>(absences.keySet());
    changed.addAll(before.absences.keySet());
    changed.removeIf(
        member -> {
          Absence now = absences.get(member);
          return now != null && now.equals(before.absences.get(member));
        });
    return changed;
  }

  /** When the next one comes back by itself; {@link Instant#MAX} where nobody does. */
  public Instant nextReturn(Function<Subject.Member, ReturnRules> rules) {
    Instant next = Instant.MAX;
    for (var entry : absences.entrySet()) {
      if (entry.getValue().isOut() && entry.getValue().wellSince() != null) {
        Instant due = rules.apply(entry.getKey()).due(entry.getValue());
        next = due.isBefore(next) ? due : next;
      }
    }
    return next;
  }

  /**
   * A draft of the next one.
   *
   * @param rules of a member; for one that nobody knows any more, any will do
   */
  public Draft draft(Function<Subject.Member, ReturnRules> rules) {
    return new Draft(rules);
  }

  /** A calm that is being changed; lives for one batch of events. */
  public final class Draft {
    private final Function<Subject.Member, ReturnRules> rules;
    private Instant time = now;
    private Map<Subject.Member, Absence> next = absences;

    private Draft(Function<Subject.Member, ReturnRules> rules) {
      this.rules = rules;
    }

    /** Time has passed; it never goes back. */
    public void passed(Instant at) {
      time = at.isAfter(time) ? at : time;
    }

    /** What the last process knew. */
    public void restored(Map<Subject.Member, Absence> kept) {
      next = new HashMap<>(kept);
    }

    /** A member's checks have turned it down. */
    public void failed(Subject.Member member, Instant at) {
      passed(at);
      int flaps = rules.apply(member).flaps(next.get(member), at);
      own().put(member, new Absence(at, flaps, null, null));
    }

    /** A member's checks pass again. */
    public void well(Subject.Member member, Instant at) {
      passed(at);
      Absence absence = next.get(member);
      if (absence != null && absence.isOut()) {
        own().put(member, absence.wellSince(at));
      }
    }

    /** A member's checks fail of which nothing was known; it is not well, if it was held back. */
    public void notWell(Subject.Member member) {
      Absence absence = next.get(member);
      if (absence != null && absence.isOut() && absence.wellSince() != null) {
        own().put(member, absence.wellSince(null));
      }
    }

    /** An operator does not want to wait any longer for a member whose checks pass. */
    public void resumed(Subject.Member member, Instant at) {
      passed(at);
      Absence absence = next.get(member);
      if (absence != null && absence.isOut() && absence.wellSince() != null) {
        own().put(member, absence.backSince(at));
      }
    }

    /**
     * Lets those back whose time has come, and forgets those of whom nothing matters any more.
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
          settle(member, absence, rules.apply(member));
        }
      }
      return new Calm(time, Collections.unmodifiableMap(next));
    }

    private void settle(Subject.Member member, Absence absence, ReturnRules asked) {
      Instant due = asked.due(absence);
      if (absence.isOut() && !due.isAfter(time)) {
        settle(member, own(member, absence.backSince(due)), asked);
      } else if (asked.isOver(absence, time)) {
        own().remove(member);
      }
    }

    private Absence own(Subject.Member member, Absence absence) {
      own().put(member, absence);
      return absence;
    }

    private Map<Subject.Member, Absence> own() {
      if (next == absences) {
        next = new HashMap<>(absences);
      }
      return next;
    }
  }
}
