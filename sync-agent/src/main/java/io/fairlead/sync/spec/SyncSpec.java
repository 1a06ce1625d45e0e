package io.fairlead.sync.spec;

import java.nio.file.Path;
import java.util.List;

/**
 * Which clusters, and by what policy.
 *
 * @param kubeconfig one file with all contexts; read again when it changes
 */
public record SyncSpec(Path kubeconfig, List<ClusterSpec> clusters, ImportPolicy policy) {
  public SyncSpec {
    clusters = List.copyOf(clusters);
  }
}
