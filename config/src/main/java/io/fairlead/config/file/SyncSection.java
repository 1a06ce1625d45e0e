package io.fairlead.config.file;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Suggestion;
import io.fairlead.config.file.key.Texts;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code sync}. */
final class SyncSection {
  private static final Key<String> CONTEXT =
      Key.required("context", Texts.FOREIGN_NAME, "the kubeconfig's context");
  private static final Key<String> SITE =
      Key.required("site", Texts.LABEL, "the site that its VIPs belong to");

  private static final KeyTable CLUSTER_KEYS = KeyTable.of("a cluster", CONTEXT, SITE);

  private static final Key<Path> KUBECONFIG =
      Key.required(
          "kubeconfig", Texts.PATH, "one file with all contexts, relative to this file's folder");
  private static final Key<List<Section>> CLUSTERS =
      Key.required(
          "clusters", ConfigSection.sections(CLUSTER_KEYS, 1), "which clusters are imported");
  private static final Key<Section> POLICY =
      Key.required(
          "policy",
          new SectionValue(ImportPolicySection.KEYS),
          "which of their objects, and what becomes of them");

  static final KeyTable KEYS =
      KeyTable.of("sync", KUBECONFIG, CLUSTERS, POLICY)
          .later("acceptShrink", "whether a cluster may lose most of its members at once")
          .later("maxShrink", "what share may go at once")
          .later("writeStatus", "whether the clusters are told what became of their objects")
          .later("sources", "other sources of members");

  private static final Kubeconfig NOT_NAMED = new Kubeconfig.Unreadable("it is not named");

  private SyncSection() {}

  static SyncSpec read(Section sync, Declared sites, LoadContext context) {
    Path path = context.resolve(sync.get(KUBECONFIG));
    Kubeconfig kubeconfig = sync.isSound(KUBECONFIG) ? Kubeconfig.read(path) : NOT_NAMED;
    if (kubeconfig instanceof Kubeconfig.Unreadable(var reason) && sync.isSound(KUBECONFIG)) {
      sync.warning(KUBECONFIG, "the contexts of the clusters could not be looked up: " + reason);
    }
    var contexts = new Declared("cluster");
    var clusters = new ArrayList<ClusterSpec>();
    for (Section cluster : sync.get(CLUSTERS)) {
      String name = contexts.declare(cluster, CONTEXT);
      checkContext(cluster, name, kubeconfig);
      clusters.add(new ClusterSpec(name, sites.refer(cluster, SITE)));
    }
    return new SyncSpec(path, clusters, ImportPolicySection.read(sync.get(POLICY), contexts));
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
