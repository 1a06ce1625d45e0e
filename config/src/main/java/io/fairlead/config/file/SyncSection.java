package io.fairlead.config.file;

import io.fairlead.config.ImportDefaults;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Suggestion;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.Source;
import io.fairlead.sync.spec.SyncSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sync}. */
final class SyncSection {
  private static final Key<String> CONTEXT =
      Key.required("context", Texts.FOREIGN_NAME, "the kubeconfig's context");
  private static final Key<String> SITE =
      Key.required("site", Texts.LABEL, "the site that its VIPs belong to");

  private static final Key<Boolean> PUSHED =
      Key.optional(
          "pushed",
          Numbers.TRUE_OR_FALSE,
          false,
          "true: an agent in the cluster pushes its members, nobody connects to it");

  private static final KeyTable CLUSTER_KEYS = KeyTable.of("a cluster", CONTEXT, SITE, PUSHED);

  private static final Key<Path> KUBECONFIG =
      Key.otherwise(
          "kubeconfig",
          Texts.PATH,
          "needed unless all clusters are pushed",
          "one file with all contexts, relative to this file's folder");
  private static final Key<List<Section>> CLUSTERS =
      Key.required(
          "clusters", ConfigSection.sections(CLUSTER_KEYS, 1), "which clusters are imported");
  private static final Key<Section> POLICY =
      Key.required(
          "policy",
          new SectionValue(ImportPolicySection.KEYS),
          "which of their objects, and what becomes of them");
  private static final Key<Double> MAX_SHRINK =
      Key.optional(
          "maxShrink",
          Numbers.decimal(0, 1),
          ShrinkGuard.DEFAULT.maxShare(),
          "the share of a cluster's members that a new list may lose before it is held back");
  private static final Key<Boolean> ACCEPT_SHRINK =
      Key.optional(
          "acceptShrink",
          Numbers.TRUE_OR_FALSE,
          ShrinkGuard.DEFAULT.accept(),
          "true: every list is believed, and what is held back is let go");
  private static final Key<Boolean> WRITE_STATUS =
      Key.optional(
          "writeStatus",
          Numbers.TRUE_OR_FALSE,
          true,
          "whether objects are told what became of them; false while AMKO runs beside us");

  private static final Key<List<Source>> SOURCES =
      Key.optional(
          "sources",
          ListValue.some(
              WordValue.of("ingress", Source.INGRESS)
                  .or("service", Source.SERVICE)
                  .or("route", Source.ROUTE)
                  .or("gateway", Source.GATEWAY)
                  .or("multi-cluster-ingress", Source.MULTI_CLUSTER_INGRESS)
                  .or("external-dns", Source.EXTERNAL_DNS)),
          SyncSpec.DEFAULT_SOURCES.stream().sorted().toList(),
          "which kinds of objects offer members");

  private static final Key<Boolean> HOSTNAMES =
      Key.optional(
          "hostnames",
          WordValue.of("cname", false).or("resolve", true),
          false,
          "what a load balancer with only a name is: a CNAME, or the addresses of the name");

  static final KeyTable KEYS =
      KeyTable.of(
          "sync",
          KUBECONFIG,
          CLUSTERS,
          POLICY,
          MAX_SHRINK,
          ACCEPT_SHRINK,
          WRITE_STATUS,
          SOURCES,
          HOSTNAMES);

  private static final Kubeconfig NOT_NAMED = new Kubeconfig.Unreadable("it is not named");

  private SyncSection() {}

  /**
   * What has been read.
   *
   * @param defaults what is the server's part of it
   */
  record Read(@Nullable SyncSpec spec, ImportDefaults defaults) {}

  static Read read(
      @Nullable Section sync,
      Declarations declared,
      List<MonitorSpec> monitors,
      LoadContext context) {
    if (sync == null) {
      return new Read(null, ImportDefaults.NONE);
    }
    Path told = sync.find(KUBECONFIG);
    Path path = context.resolve(told == null ? Path.of("") : told);
    boolean named = sync.has(KUBECONFIG) && sync.isSound(KUBECONFIG);
    Kubeconfig kubeconfig = named ? Kubeconfig.read(path) : NOT_NAMED;
    if (kubeconfig instanceof Kubeconfig.Unreadable(var reason) && named) {
      sync.warning(KUBECONFIG, "the contexts of the clusters could not be looked up: " + reason);
    }
    var contexts = new Declared("cluster");
    var clusters = new ArrayList<ClusterSpec>();
    for (Section cluster : sync.get(CLUSTERS)) {
      String name = contexts.declare(cluster, CONTEXT);
      boolean pushed = cluster.get(PUSHED);
      if (!pushed) {
        checkContext(cluster, name, kubeconfig);
      }
      clusters.add(new ClusterSpec(name, declared.sites().refer(cluster, SITE), pushed));
    }
    boolean allPushed = clusters.stream().allMatch(ClusterSpec::pushed);
    if (!allPushed && !sync.has(KUBECONFIG)) {
      sync.error(KUBECONFIG, "is needed for the clusters that are not pushed");
    }
    var policy = ImportPolicySection.read(sync.get(POLICY), contexts, declared);
    boolean apart = !allPushed && clusters.stream().anyMatch(ClusterSpec::pushed);
    if (policy.leader() != null && apart) {
      sync.error(CLUSTERS, "where a cluster leads all are pushed by one agent, or none is");
    }
    boolean writeStatus = sync.get(WRITE_STATUS);
    return new Read(
        new SyncSpec(
            path,
            clusters,
            policy.policy(),
            new ShrinkGuard(sync.get(MAX_SHRINK), sync.get(ACCEPT_SHRINK)),
            Set.copyOf(sync.get(SOURCES)),
            sync.get(HOSTNAMES),
            amko(policy.amko() ? policy.leader() : null, writeStatus, monitors),
            writeStatus,
            global(policy.leader(), writeStatus, monitors)),
        policy.defaults());
  }

  private static @Nullable AmkoSpec amko(
      @Nullable String leader, boolean writeStatus, List<MonitorSpec> monitors) {
    return leader == null
        ? null
        : new AmkoSpec(
            leader,
            writeStatus,
            names(monitors, _ -> true),
            names(monitors, monitor -> monitor.type() instanceof MonitorSpec.Type.Http));
  }

  private static @Nullable GlobalSpec global(
      @Nullable String leader, boolean writeStatus, List<MonitorSpec> monitors) {
    return leader == null
        ? null
        : new GlobalSpec(
            leader, writeStatus, names(monitors, _ -> true), GlobalObjectReader.INSTANCE);
  }

  private static Set<String> names(List<MonitorSpec> monitors, Predicate<MonitorSpec> which) {
    return monitors.stream().filter(which).map(MonitorSpec::name).collect(Collectors.toSet());
  }

  private static void checkContext(Section cluster, String name, Kubeconfig kubeconfig) {
    if (kubeconfig instanceof Kubeconfig.Contexts(var known)
        && cluster.isSound(CONTEXT)
        && !known.contains(name)) {
      cluster.error(
          CONTEXT,
          "the kubeconfig has no context \"%s\"%s; it has: %s"
              .formatted(name, Suggestion.of(name, known), Suggestion.list(known)));
    }
  }
}
