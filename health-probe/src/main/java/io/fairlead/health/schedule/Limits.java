package io.fairlead.health.schedule;

/**
 * How many probes may be under way at once; the rest of a storm waits for its turn.
 *
 * @param inFlight in all: each is a socket
 * @param perHost of one address or name
 */
public record Limits(int inFlight, int perHost) {
  public static final Limits DEFAULT = new Limits(8192, 256);

  public Limits {
    if (inFlight < 1 || perHost < 1) {
      throw new IllegalArgumentException(
          "at least one probe must be allowed, not " + inFlight + " and " + perHost);
    }
  }
}
