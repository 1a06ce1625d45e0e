package io.fairlead.dns.choice;

/**
 * One step of a recorded decision, as {@code explain} shows it; a record whose components are the
 * facts.
 */
public interface Reason {
  /** The step in one sentence for people. */
  String text();
}
