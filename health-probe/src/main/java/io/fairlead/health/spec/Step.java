package io.fairlead.health.spec;

/** One step of a conversation on an open connection. */
public sealed interface Step {
  /**
   * Says something.
   *
   * @param octets see {@link Octets}
   */
  record Send(String octets) implements Step {}

  /** Waits until it is found in what has come since the step before. */
  record Receive(Expected expected) implements Step {}
}
