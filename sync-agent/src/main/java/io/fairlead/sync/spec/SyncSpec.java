package io.fairlead.sync.spec;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which clusters, and by what policy.
 *
 * @param kubeconfig one file with all contexts; read again when it changes
 * @param policy where AMKO's objects are the policy, only its ttl and algorithm count, where they
 *     say none
 * @param sources which kinds of objects offer members
 * @param resolveNames whether a load balancer that has only a name is its addresses; else the name
 * @param amko null when the policy is the file's
 */
public record SyncSpec(
    Path kubeconfig,
    List<ClusterSpec> clusters,
    ImportPolicy policy,
    ShrinkGuard shrink,
    Set<Source> sources,
    boolean resolveNames,
    @Nullable AmkoSpec amko) {
  /** All but external-dns' annotation: who follows it does so already. */
  public static final Set<Source> DEFAULT_SOURCES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Source.EXTERNAL_DNS)));

  public SyncSpec {
    clusters = List.copyOf(clusters);
    sources = Set.copyOf(sources);
  }

  public SyncSpec(Path kubeconfig, List<ClusterSpec> clusters, ImportPolicy policy) {
    this(kubeconfig, clusters, policy, ShrinkGuard.DEFAULT, DEFAULT_SOURCES, false, null);
  }
}
