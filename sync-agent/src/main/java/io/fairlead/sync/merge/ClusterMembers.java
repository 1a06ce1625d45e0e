package io.fairlead.sync.merge;

import java.time.Instant;
import java.util.List;

/**
 * Everything that one cluster offers now, whole; the last such set stays in force while the cluster
 * is away.
 *
 * @param cluster the context's name
 * @param members selected by the policy, in a stable order
 * @param at when the cluster last said so
 */
public record ClusterMembers(String cluster, List<ImportedMember> members, Instant at) {
  public ClusterMembers {
    members = List.copyOf(members);
  }
}
