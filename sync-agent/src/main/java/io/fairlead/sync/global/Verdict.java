package io.fairlead.sync.global;

import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import java.util.List;

/**
 * What became of an object as it is written now.
 *
 * @param inForce whether it counts, or an earlier version of it does
 * @param hosts that it speaks for, sorted; none of a HealthMonitor
 * @param attached what became of each target, in the order of the spec
 */
public record Verdict(
    Judged judged, boolean inForce, List<String> hosts, List<Attachment> attached) {
  public Verdict {
    hosts = List.copyOf(hosts);
    attached = List.copyOf(attached);
  }

  /**
   * One condition's worth.
   *
   * @param reason one word for machines
   * @param message for people
   */
  public record Judged(boolean accepted, String reason, String message) {
    static final String ACCEPTED = "Accepted";
    static final String INVALID = "Invalid";
    static final String REF_NOT_FOUND = "RefNotFound";
    static final String TARGET_NOT_FOUND = "TargetNotFound";
    static final String CONFLICTED = "Conflicted";

    static Judged good(String message) {
      return new Judged(true, ACCEPTED, message);
    }

    static Judged bad(String reason, String message) {
      return new Judged(false, reason, message);
    }
  }

  /** A target, and whether the object counts for it. */
  public record Attachment(Target target, Judged judged) {}
}
