package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.health.spec.Target;
import java.util.Set;
import java.util.stream.Collectors;

/** What is to be probed now: nobody asks members that cannot be an answer, unless told to. */
public final class Probing {
  private Probing() {}

  /** Whether a step may have changed it. */
  public static boolean mayHaveChanged(Transition step) {
    return step.replanned()
        || step.before().model().overrides() != step.after().model().overrides();
  }

  /** The targets of members that are enabled. */
  public static Set<Target> targets(Published published) {
    return published.plan().targets().stream()
        .filter(target -> isProbed(target, published))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether a target is probed: one of its members is enabled, or the file asks for the rest too.
   */
  public static boolean isProbed(Target target, Published published) {
    FairleadConfig config = published.model().config();
    return (config != null && config.node().probes().disabledMembers())
        || published.plan().references().contains(target)
        || published.plan().members(target).stream()
            .anyMatch(member -> isEnabled(member, published.model()));
  }

  private static boolean isEnabled(PlannedMember member, Model model) {
    return member.member().enabled()
        && member.pool().enabled()
        && Availabilities.isEnabled(member, model);
  }
}
