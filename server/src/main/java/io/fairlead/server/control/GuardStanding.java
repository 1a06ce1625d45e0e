package io.fairlead.server.control;

import io.fairlead.server.state.Absence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the mass-down guard stands.
 *
 * @param since when it came on; null while it is off
 * @param monitored members that are monitored, in all
 * @param down those whose checks fail
 * @param guarded those of them that stay in the answers because of the guard
 */
public record GuardStanding(@Nullable Instant since, int monitored, long down, long guarded) {
  public static GuardStanding of(Published published) {
    var calm = published.model().calm();
    var absences = calm.absences().values();
    return new GuardStanding(
        calm.guardedSince(),
        published.plan().monitored().values().stream().mapToInt(Integer::intValue).sum(),
        absences.stream().filter(Absence::isDown).count(),
        absences.stream().filter(Absence::guarded).count());
  }

  public boolean isOn() {
    return since != null;
  }

  /** In a sentence; empty while it is off. */
  public String text() {
    return since == null
        ? ""
        : ("the mass-down guard is on since %s: of %d monitored members %d are down by their"
               + " checks, and %d of these stay in the answers; \"fairlead guard release\" believes"
               + " the checks")
            .formatted(since.truncatedTo(ChronoUnit.SECONDS), monitored, down, guarded);
  }
}
