package io.fairlead.sync.cluster;

import io.fairlead.sync.merge.ClusterMembers;

/** Who is told; called on the agent's one thread, must not block. */
public interface MemberSink {
  /** A cluster offers another set than before, or its first one. */
  void imported(ClusterMembers members);

  /**
   * A cluster's connection came or went, or members of it are held back or no longer. Its members
   * stay as they were said.
   */
  void connection(ClusterStatus status);
}
