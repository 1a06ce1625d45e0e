package io.fairlead.sync.federation;

import java.util.List;

/**
 * How federation stands, as seen from one cluster.
 *
 * @param home the cluster whose objects are copied when it leads
 * @param reason why it is so, in words
 * @param leader the context that holds most Leases; empty when none does
 * @param term how often leadership has changed hands; 0 = never
 */
public record FederationStatus(
    String home, State state, String reason, String leader, int term, List<Member> clusters) {
  /** What this node does. */
  public enum State {
    /** There is no AMKOCluster, or nothing is to be written. */
    OFF,
    /** Copies the objects of its cluster to the others. */
    LEADING,
    /** Its cluster leads, and it cannot now: it lacks Leases, or another may still lead. */
    WAITING,
    /** Another cluster leads. */
    FOLLOWING,
    /** Its own cluster cannot be read, or says what cannot be. */
    FAILED
  }

  /**
   * A cluster that takes part.
   *
   * @param leader whether its AMKOCluster says that it leads
   * @param version of whoever works there; empty when it is not known
   * @param holder the context that holds its Lease; empty = nobody
   * @param copied objects of ours in it, once they are as ours
   * @param problem why it is not in order, in words; empty = it is
   */
  public record Member(
      String context,
      boolean reached,
      boolean leader,
      String version,
      String holder,
      int copied,
      String problem) {}

  public FederationStatus {
    clusters = List.copyOf(clusters);
  }

  static FederationStatus off(String home, String reason) {
    return new FederationStatus(home, State.OFF, reason, "", 0, List.of());
  }
}
