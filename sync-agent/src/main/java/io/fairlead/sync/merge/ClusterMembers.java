package io.fairlead.sync.merge;

import io.fairlead.sync.amko.AmkoPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one cluster offers now, whole; the last such set stays in force while the cluster
 * is away.
 *
 * @param cluster the context's name
 * @param members selected by the policy, in a stable order
 * @param at when the cluster last said so
 * @param amko what AMKO's objects say; of the leader only, and only where they are the policy
 */
public record ClusterMembers(
    String cluster, List<ImportedMember> members, Instant at, @Nullable AmkoPolicy amko) {
  public ClusterMembers {
    members = List.copyOf(members);
  }

  public ClusterMembers(String cluster, List<ImportedMember> members, Instant at) {
    this(cluster, members, at, null);
  }
}
