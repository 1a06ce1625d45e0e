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
 * @param writeEvents whether an object whose word is not served as it stands is told so, by an
 *     event
 * @param global null when no cluster's GlobalServices and HealthMonitors count
 */
public record SyncSpec(
    Path kubeconfig,
    List<ClusterSpec> clusters,
    ImportPolicy policy,
    ShrinkGuard shrink,
    Set<Source> sources,
    boolean resolveNames,
    @Nullable AmkoSpec amko,
    boolean writeEvents,
    @Nullable GlobalSpec global) {
  /** All but external-dns' annotation: who follows it does so already. */
  public static final Set<Source> DEFAULT_SOURCES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Source.EXTERNAL_DNS)));

  public SyncSpec {
    clusters = List.copyOf(clusters);
    sources = Set.copyOf(sources);
  }

  /** The same for the clusters that are connected to. */
  public SyncSpec connected() {
    return new SyncSpec(
        kubeconfig,
        clusters.stream().filter(cluster -> !cluster.pushed()).toList(),
        policy,
        shrink,
        sources,
        resolveNames,
        amko,
        writeEvents,
        global);
  }

  /**
   * The context of the cluster that has objects of the policy; null when the file alone says it.
   */
  public @Nullable String leader() {
    return amko != null ? amko.leader() : global != null ? global.leader() : null;
  }

  /** No GlobalServices count. */
  public SyncSpec(
      Path kubeconfig,
      List<ClusterSpec> clusters,
      ImportPolicy policy,
      ShrinkGuard shrink,
      Set<Source> sources,
      boolean resolveNames,
      @Nullable AmkoSpec amko,
      boolean writeEvents) {
    this(kubeconfig, clusters, policy, shrink, sources, resolveNames, amko, writeEvents, null);
  }

  /** Nothing is written. */
  public SyncSpec(
      Path kubeconfig,
      List<ClusterSpec> clusters,
      ImportPolicy policy,
      ShrinkGuard shrink,
      Set<Source> sources,
      boolean resolveNames,
      @Nullable AmkoSpec amko) {
    this(kubeconfig, clusters, policy, shrink, sources, resolveNames, amko, false);
  }

  public SyncSpec(Path kubeconfig, List<ClusterSpec> clusters, ImportPolicy policy) {
    this(kubeconfig, clusters, policy, ShrinkGuard.DEFAULT, DEFAULT_SOURCES, false, null);
  }
}
