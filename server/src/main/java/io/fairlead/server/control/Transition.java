package io.fairlead.server.control;

import java.util.List;

/**
 * One step of control: what was, what is, and the events that made the difference.
 *
 * @param before what queries read until now
 * @param after what they read from now on
 */
public record Transition(Published before, Published after, List<ControlEvent> events) {
  /** Whether services or targets may be others than before. */
  public boolean replanned() {
    return before.plan() != after.plan();
  }

  public boolean republished() {
    return before.snapshot() != after.snapshot();
  }
}
