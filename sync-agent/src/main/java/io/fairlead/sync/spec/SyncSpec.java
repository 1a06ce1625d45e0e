package io.fairlead.sync.spec;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which clusters, and by what policy.
 *
 * @param kubeconfig one file with all contexts; read again when it changes
 * @param policy where AMKO's objects are the policy, only its ttl and algorithm count, where they
 *     say none
 * @param maxShrink the share of a cluster's members, 0 to 1, that a re-list may lose before it is
 *     held back; a re-list that loses all is always held back
 * @param amko null when the policy is the file's
 */
public record SyncSpec(
    Path kubeconfig,
    List<ClusterSpec> clusters,
    ImportPolicy policy,
    double maxShrink,
    @Nullable AmkoSpec amko) {
  public static final double DEFAULT_MAX_SHRINK = 0.5;

  public SyncSpec {
    clusters = List.copyOf(clusters);
    if (!(maxShrink >= 0 && maxShrink <= 1)) {
      throw new IllegalArgumentException("maxShrink is a share, 0 to 1: " + maxShrink);
    }
  }

  public SyncSpec(
      Path kubeconfig, List<ClusterSpec> clusters, ImportPolicy policy, double maxShrink) {
    this(kubeconfig, clusters, policy, maxShrink, null);
  }

  public SyncSpec(Path kubeconfig, List<ClusterSpec> clusters, ImportPolicy policy) {
    this(kubeconfig, clusters, policy, DEFAULT_MAX_SHRINK);
  }
}
