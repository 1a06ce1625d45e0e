package io.fairlead.dns.choice;

/** Why an endpoint may or may not be handed out, all things considered: verdict, operator, calm. */
public enum Availability {
  /** Its monitors say so, or it has none. */
  UP(true, true),
  /** No verdict yet, and the node is told to count that as up. */
  ASSUMED_UP(true, true),
  /** Its monitors say down, and the guard against mass failures does not believe that yet. */
  GUARDED(true, true),
  /** Its monitors say so. */
  DOWN(false, true),
  /** No verdict yet, and the node is told to count that as down. */
  ASSUMED_DOWN(false, true),
  /** Well again, and held back until it has been so for long enough. */
  HELD(false, true),
  /** Well again, and held back until an operator resumes it. */
  WAITING(false, true),
  /** An operator lets its clients go: no new answers, and caches may still hold old ones. */
  DRAINING(false, false),
  /** The same, and the TTL has passed since the last answer. */
  DRAINED(false, false),
  /** The member, its pool or its site is disabled, in the file or by an operator. */
  DISABLED(false, false);

  private static final Availability[] VALUES = values();

  private final boolean eligible;
  private final boolean enabled;

  Availability(boolean eligible, boolean enabled) {
    this.eligible = eligible;
    this.enabled = enabled;
  }

  /** Whether it may be an answer. */
  public boolean eligible() {
    return eligible;
  }

  /** Whether it may be an answer when health is set aside (down response {@code all-records}). */
  public boolean enabled() {
    return enabled;
  }

  static Availability of(byte ordinal) {
    return VALUES[ordinal];
  }
}
