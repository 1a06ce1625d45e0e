package io.fairlead.server.control;

import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import java.util.stream.Stream;

/** Whether what is said of a member may soon be wrong. */
final class Doubts {
  private Doubts() {}

  /** Not of one that is no answer anyhow. */
  static boolean about(PlannedMember member, Model model) {
    return member.member().enabled()
        && member.pool().enabled()
        && (model.calm().guards(member.subject())
            || Stream.concat(member.targets().stream(), member.site().targets().stream())
                .anyMatch(target -> about(target, model)));
  }

  private static boolean about(Target target, Model model) {
    TargetStatus status = model.health().get(target);
    return status == null || status.isInDoubt();
  }
}
