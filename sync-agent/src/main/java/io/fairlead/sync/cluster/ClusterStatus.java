package io.fairlead.sync.cluster;

import io.fairlead.sync.merge.ImportedMember.Origin;
import java.time.Instant;
import java.util.List;

/**
 * How a cluster's connection stands.
 *
 * @param connected whether its watches run
 * @param since when that became so
 * @param reason in plain words: "synced, 14 objects", "refused by 127.0.0.1:16443"
 * @param held members that the last re-list lost and that are served all the same, until they are
 *     back or the operator accepts; 0 = none
 * @param skipped selected objects that offer less than they say, sorted, at most {@link
 *     #MAX_SKIPPED}
 */
public record ClusterStatus(
    String cluster,
    boolean connected,
    Instant since,
    String reason,
    int held,
    List<Skipped> skipped) {
  /** Enough to find the mistake; a cluster of ten thousand odd objects must not fill the heap. */
  public static final int MAX_SKIPPED = 1_000;

  public ClusterStatus {
    skipped = List.copyOf(skipped);
  }

  public ClusterStatus(String cluster, boolean connected, Instant since, String reason) {
    this(cluster, connected, since, reason, 0, List.of());
  }

  /** An object, or a part of it, that became no member, and why. */
  public record Skipped(Origin origin, String reason) {}
}
