package io.fairlead.config.file;

import io.fairlead.config.ImportDefaults;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.LabelsValue;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code sync.policy}. */
final class ImportPolicySection {
  private enum Source {
    FILE,
    AMKO,
    FAIRLEAD
  }

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

  private static final Key<Source> SOURCE =
      Key.required(
          "source",
          WordValue.of("file", Source.FILE).or("amko", Source.AMKO).or("fairlead", Source.FAIRLEAD),
          "where the policy is written: here, in AMKO's objects in the leader cluster, or in its"
              + " GlobalServices over what is here");
  private static final Key<String> LEADER =
      Key.otherwise(
          "leader",
          Texts.FOREIGN_NAME,
          "none; source amko and fairlead need one",
          "amko, fairlead: the context of the cluster that has the objects");
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
  private static final Key<Boolean> CUSTOM_GLOBAL_FQDN =
      Key.optional(
          "customGlobalFqdn",
          Numbers.TRUE_OR_FALSE,
          false,
          "true: the global names are those that AKO's HostRules give");
  private static final Key<Duration> TTL =
      Key.optional("ttl", Durations.TTL, Duration.ofSeconds(30), "the imported services' TTL");
  private static final Key<String> ALGORITHM =
      Key.optional(
          "algorithm",
          WordValue.of("round-robin", "round-robin")
              .or("consistent-hash", "consistent-hash")
              .or("geo", "geo")
              .or("topology", "topology"),
          "round-robin",
          "the algorithm of their pools");
  private static final Key<String> TOPOLOGY =
      Key.otherwise(
          "topology", Texts.LABEL, "the only one that is declared", "the rules of topology");
  private static final Key<List<Section>> TRAFFIC_SPLIT =
      Key.optional(
          "trafficSplit",
          ConfigSection.sections(SPLIT_KEYS, 0),
          List.of(),
          "each cluster's share; one that is not listed has weight 1 and priority 10");
  private static final Key<List<String>> MONITORS =
      Key.optional(
          "monitors", ListValue.any(Texts.LABEL), List.of(), "checks that every member must pass");
  private static final Key<Boolean> PROBE_AS_OBJECTS_TELL =
      Key.optional(
          "probeAsObjectsTell",
          Numbers.TRUE_OR_FALSE,
          false,
          "without monitors: HTTP or HTTPS by each path, TCP or UDP by the port");
  private static final Key<Section> DOWN_RESPONSE =
      Key.otherwise(
          "downResponse",
          new SectionValue(DownResponseSection.IMPORTED_KEYS),
          "{ type: all-records }",
          "what is said when no member is up");
  private static final Key<String> PRIVATE_CLIENTS =
      Key.otherwise(
          "privateClients",
          Texts.LABEL,
          "nobody",
          "the client group that gets a member's address where it has a public one too");

  /** What AMKO's objects say where they are the policy. */
  private static final List<Key<?>> FILE_ONLY =
      List.of(
          APP_SELECTOR,
          NAMESPACE_SELECTOR,
          CUSTOM_GLOBAL_FQDN,
          TRAFFIC_SPLIT,
          MONITORS,
          PROBE_AS_OBJECTS_TELL,
          DOWN_RESPONSE);

  static final KeyTable KEYS =
      KeyTable.of(
          "an import policy",
          SOURCE,
          LEADER,
          APP_SELECTOR,
          NAMESPACE_SELECTOR,
          CUSTOM_GLOBAL_FQDN,
          TTL,
          ALGORITHM,
          TOPOLOGY,
          TRAFFIC_SPLIT,
          MONITORS,
          PROBE_AS_OBJECTS_TELL,
          DOWN_RESPONSE,
          PRIVATE_CLIENTS);

  private ImportPolicySection() {}

  /**
   * A policy that has been read.
   *
   * @param leader null when the file is the source
   * @param amko whether AMKO's objects are
   */
  record Read(
      ImportPolicy policy, @Nullable String leader, boolean amko, ImportDefaults defaults) {}

  static Read read(Section policy, Declared clusters, Declarations declared) {
    Source source = policy.get(SOURCE);
    Map<String, String> app = policy.get(APP_SELECTOR);
    Map<String, String> namespace = policy.get(NAMESPACE_SELECTOR);
    List<String> monitors = policy.get(MONITORS);
    declared.monitors().referAll(policy, MONITORS, monitors);
    String leader = policy.has(LEADER) ? clusters.refer(policy, LEADER) : null;
    if (policy.isSound(SOURCE)) {
      switch (source) {
        case AMKO -> checkAmko(policy, leader);
        case FAIRLEAD -> checkLeader(policy, leader);
        case FILE -> checkFile(policy, app.isEmpty() && namespace.isEmpty());
      }
    }
    var read =
        new ImportPolicy(
            app,
            namespace,
            trafficSplit(policy, clusters),
            policy.get(TTL),
            policy.get(ALGORITHM),
            policy.get(CUSTOM_GLOBAL_FQDN),
            monitors,
            policy.get(PROBE_AS_OBJECTS_TELL));
    return new Read(
        read,
        source == Source.FILE ? null : leader,
        source == Source.AMKO,
        defaults(policy, declared));
  }

  private static void checkAmko(Section policy, @Nullable String leader) {
    checkLeader(policy, leader);
    for (Key<?> key : FILE_ONLY) {
      if (policy.has(key)) {
        policy.error(key, "with source amko AMKO's objects say this; leave it out");
      }
    }
  }

  private static void checkLeader(Section policy, @Nullable String leader) {
    if (leader == null) {
      policy.error(
          LEADER,
          "source %s needs this key, the context of one of sync.clusters"
              .formatted(SOURCE.value().show(policy.get(SOURCE))));
    }
  }

  private static void checkFile(Section policy, boolean selectsNothing) {
    if (policy.has(LEADER)) {
      policy.warning(LEADER, "with source file no cluster leads");
    }
    if (selectsNothing) {
      policy.warning(
          APP_SELECTOR, "with neither appSelector nor namespaceSelector nothing is imported");
    }
  }

  private static ImportDefaults defaults(Section policy, Declarations declared) {
    TopologySpec named = declared.topologies().find(policy, TOPOLOGY);
    TopologySpec topology = policy.has(TOPOLOGY) ? named : declared.topologies().only();
    String algorithm = policy.get(ALGORITHM);
    if (algorithm.equals("topology") && topology == null && policy.isSound(TOPOLOGY)) {
      policy.error(ALGORITHM, "algorithm topology needs topology, the name of one of topologies");
    }
    if (algorithm.equals("geo") && !declared.placesOfClients()) {
      policy.error(ALGORITHM, "algorithm geo needs geo.databases, which say where clients are");
    }
    Section down = policy.find(DOWN_RESPONSE);
    return new ImportDefaults(
        down == null ? new DownResponse.AllRecords() : DownResponseSection.readImported(down),
        topology,
        declared.clientGroups().find(policy, PRIVATE_CLIENTS),
        declared.clientSubnet(),
        declared.topologies().all());
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
