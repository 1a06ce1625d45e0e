package io.fairlead.server.state;

import java.time.Instant;

/**
 * An operator's word that stands above verdicts until it is taken back; it survives restarts.
 *
 * @param reason why, in the operator's words; may be empty
 */
public record OperatorOverride(Subject subject, String reason, Instant since) {
  /** Whom it is about. Today the only word is "disabled". */
  public sealed interface Subject {
    /**
     * A member of one service.
     *
     * @param service the service's name in lower case, without the last dot
     * @param address the member's address literal
     */
    record Member(String service, String address) implements Subject {}

    /** All members of a site. */
    record Site(String name) implements Subject {}
  }
}
