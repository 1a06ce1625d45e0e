package io.fairlead.server.state;

import java.time.Instant;
import java.util.Locale;

/**
 * An operator's word that stands above the file and verdicts until it is taken back; it survives
 * restarts.
 *
 * @param reason why, in the operator's words; may be empty
 */
public record OperatorOverride(Subject subject, State state, String reason, Instant since) {
  /** Whether whom it is about is no answer. */
  public boolean keepsOut() {
    return state != State.ENABLE;
  }

  /** What an operator can say. */
  public enum State {
    /** No new answers, at once. */
    DISABLE,
    /** The same, and told when caches have forgotten the old ones. */
    DRAIN,
    /** As if the file did not say {@code enabled: false}. */
    ENABLE;

    /** As people and files write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whom it is about. */
  public sealed interface Subject {
    /**
     * A member of one service.
     *
     * @param service the service's name in lower case, without the last dot
     * @param address the member's address literal, or the name that it is
     */
    record Member(String service, String address) implements Subject {
      @Override
      public String toString() {
        return "member " + address + " of " + service;
      }
    }

    /** All members of a site. */
    record Site(String name) implements Subject {
      @Override
      public String toString() {
        return "site " + name;
      }
    }
  }
}
