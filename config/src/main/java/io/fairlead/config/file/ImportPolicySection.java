package io.fairlead.config.file;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.LabelsValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code sync.policy}. */
final class ImportPolicySection {
  private static final Key<String> CLUSTER =
      Key.required("cluster", Texts.FOREIGN_NAME, "the context of one of sync.clusters");
  private static final Key<Integer> WEIGHT =
      Key.optional(
          "weight",
          Numbers.between(1, TrafficSplit.MAX_WEIGHT),
          TrafficSplit.DEFAULT_WEIGHT,
          "its members' weight");
  private static final Key<Integer> PRIORITY =
      Key.optional(
          "priority",
          Numbers.between(0, TrafficSplit.MAX_PRIORITY),
          TrafficSplit.DEFAULT_PRIORITY,
          "its pool's priority");

  private static final KeyTable SPLIT_KEYS =
      KeyTable.of("a cluster's share", CLUSTER, WEIGHT, PRIORITY);

  private static final Key<String> SOURCE =
      Key.required(
          "source", WordValue.of("file", "file").later("amko"), "where the policy is written");
  private static final Key<Map<String, String>> APP_SELECTOR =
      Key.optional(
          "appSelector",
          new LabelsValue(),
          Map.of(),
          "labels that an object must have, all of them");
  private static final Key<Map<String, String>> NAMESPACE_SELECTOR =
      Key.optional(
          "namespaceSelector",
          new LabelsValue(),
          Map.of(),
          "labels that its namespace must have, all of them");
  private static final Key<Duration> TTL =
      Key.optional("ttl", Durations.TTL, Duration.ofSeconds(30), "the imported services' TTL");
  private static final Key<String> ALGORITHM =
      Key.optional(
          "algorithm",
          WordValue.of("round-robin", "round-robin")
              .later("consistent-hash", "geo", "topology", "preference-order"),
          "round-robin",
          "the algorithm of their pools");
  private static final Key<List<Section>> TRAFFIC_SPLIT =
      Key.optional(
          "trafficSplit",
          ConfigSection.sections(SPLIT_KEYS, 0),
          List.of(),
          "each cluster's share; one that is not listed has weight 1 and priority 10");

  static final KeyTable KEYS =
      KeyTable.of(
              "an import policy",
              SOURCE,
              APP_SELECTOR,
              NAMESPACE_SELECTOR,
              TTL,
              ALGORITHM,
              TRAFFIC_SPLIT)
          .later("leader", "the cluster that holds AMKO's objects")
          .later("customGlobalFqdn", "whether the names come from GSLBHostRule objects");

  private ImportPolicySection() {}

  static ImportPolicy read(Section policy, Declared clusters) {
    policy.get(SOURCE);
    Map<String, String> app = policy.get(APP_SELECTOR);
    Map<String, String> namespace = policy.get(NAMESPACE_SELECTOR);
    if (app.isEmpty() && namespace.isEmpty()) {
      policy.warning(
          APP_SELECTOR, "with neither appSelector nor namespaceSelector nothing is imported");
    }
    return new ImportPolicy(
        app, namespace, trafficSplit(policy, clusters), policy.get(TTL), policy.get(ALGORITHM));
  }

  private static List<TrafficSplit> trafficSplit(Section policy, Declared clusters) {
    Map<String, Integer> lines = new HashMap<>();
    var split = new ArrayList<TrafficSplit>();
    for (Section share : policy.get(TRAFFIC_SPLIT)) {
      String cluster = clusters.refer(share, CLUSTER);
      Integer earlier = lines.putIfAbsent(cluster, share.spot(CLUSTER).line());
      if (earlier != null && share.isSound(CLUSTER)) {
        share.error(CLUSTER, "this cluster's share stands in line " + earlier + " already");
      }
      split.add(new TrafficSplit(cluster, share.get(WEIGHT), share.get(PRIORITY)));
    }
    return split;
  }
}
