package io.fairlead.sync.merge;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.global.GlobalPolicy;
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
 * @param global what GlobalServices and HealthMonitors say; of the leader only
 */
public record ClusterMembers(
    String cluster,
    List<ImportedMember> members,
    Instant at,
    @Nullable AmkoPolicy amko,
    @Nullable GlobalPolicy global) {
  public ClusterMembers {
    members = List.copyOf(members);
  }

  public ClusterMembers(
      String cluster, List<ImportedMember> members, Instant at, @Nullable AmkoPolicy amko) {
    this(cluster, members, at, amko, null);
  }

  public ClusterMembers(String cluster, List<ImportedMember> members, Instant at) {
    this(cluster, members, at, null);
  }
}
