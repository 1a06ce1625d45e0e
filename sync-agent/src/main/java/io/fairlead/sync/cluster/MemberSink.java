package io.fairlead.sync.cluster;

import io.fairlead.sync.merge.ClusterMembers;

/** Who is told; called on a cluster's thread, must not block. */
public interface MemberSink {
  /** A cluster offers another set than before, or its first one. */
  void imported(ClusterMembers members);

  /** A cluster's connection came or went; its members stay. */
  void connection(ClusterStatus status);
}
