package io.fairlead.server.control;

import io.fairlead.dns.choice.Availability;
import io.fairlead.server.state.Absence;
import io.fairlead.server.state.OperatorOverride.Subject;
import org.slf4j.Logger;

/** Says once who is held back, who has come back, and who is drained. */
final class Returns {
  private Returns() {}

  static void write(Transition step, Logger log) {
    Published after = step.after();
    for (var member : after.model().calm().changedSince(step.before().model().calm())) {
      Absence was = step.before().model().calm().absences().get(member);
      if (was != null) {
        after.plan().members(member).stream().limit(1).forEach(one -> write(one, after, log));
      }
    }
    if (step.republished()) {
      drained(step, log);
    }
  }

  private static void drained(Transition step, Logger log) {
    Published after = step.after();
    Drains.all(after.model().overrides().values())
        .flatMap(drain -> after.plan().members(drain.subject()).stream())
        .filter(member -> after.availability(member) == Availability.DRAINED)
        .filter(member -> step.before().availability(member) != Availability.DRAINED)
        .map(PlannedMember::subject)
        .distinct()
        .forEach(member -> log.info("{} is drained: every cache has forgotten it", member));
  }

  private static void write(PlannedMember member, Published after, Logger log) {
    Subject.Member subject = member.subject();
    Absence absence = after.model().calm().absences().get(subject);
    if (absence == null || !absence.isOut()) {
      log.info("{} may be an answer again", subject);
    } else if (absence.wellSince() != null) {
      log.warn("{} is held back: {}", subject, Standing.of(member, after).reason());
    }
  }
}
