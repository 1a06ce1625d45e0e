package io.fairlead.server.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configuration that is equal to the values of AMKO's chart, as a file with comments: what has no
 * meaning here, and what the values do not know, stands in words above the key that it is about.
 */
public final class AmkoImport {
  /** Paths of values that become a part of the configuration. */
  static final Set<String> TAKEN =
      Set.of(
          "configs.memberClusters",
          "configs.useCustomGlobalFqdn",
          "globalDeploymentPolicy.appSelector",
          "globalDeploymentPolicy.namespaceSelector",
          "globalDeploymentPolicy.matchClusters",
          "globalDeploymentPolicy.trafficSplit",
          "globalDeploymentPolicy.ttl",
          "globalDeploymentPolicy.healthMonitorRefs",
          "globalDeploymentPolicy.healthMonitorTemplate",
          "globalDeploymentPolicy.poolAlgorithmSettings",
          "globalDeploymentPolicy.downResponse",
          "globalDeploymentPolicy.controlPlaneHmOnly",
          "globalDeploymentPolicy.defaultDomain");

  private static final String ALGORITHM = "GSLB_ALGORITHM_";
  private static final String DOWN_RESPONSE = "GSLB_SERVICE_DOWN_RESPONSE_";

  private final AmkoValues values;
  private final StringBuilder file = new StringBuilder();
  private final List<String> todo = new ArrayList<>();

  /** Sites by the context of their cluster. */
  private final Map<String, String> sites = new LinkedHashMap<>();

  private AmkoImport(AmkoValues values) {
    this.values = values;
    for (String context : values.members()) {
      sites.put(context, Yaml.label(context));
    }
  }

  /** The whole file. */
  public static String of(AmkoValues values) {
    return new AmkoImport(values).text();
  }

  private String text() {
    zone();
    line("sites:");
    sites.values().stream().distinct().forEach(site -> line("  - { name: %s }".formatted(site)));
    monitors();
    sync();
    var head = new StringBuilder("# Made of the values of AMKO's Helm chart.\n");
    if (!todo.isEmpty()) {
      head.append("#\n# To do, because the values do not say it:\n");
      todo.forEach(what -> head.append("# - ").append(what).append('\n'));
    }
    List<String> lost = values.withoutMeaning();
    if (!lost.isEmpty()) {
      head.append("#\n# Without a meaning here:\n");
      lost.forEach(what -> head.append("# - ").append(what).append('\n'));
    }
    return head.append("version: 1\n").append(file).toString();
  }

  private void zone() {
    String domain =
        values.policy("defaultDomain").asText("gslb.example.com").replaceFirst("^\\.", "");
    if (values.policy("defaultDomain").isMissingNode()) {
      todo.add("zones: put the domain of your global names in the place of gslb.example.com");
    }
    todo.add(
        "zones: nameServers are the names and addresses of these servers, as the parent has them");
    line("zones:");
    line("  - name: %s".formatted(domain));
    line("    contact: hostmaster.%s".formatted(domain));
    line("    nameServers: [ { name: ns1.%s, addresses: [\"127.0.0.1\"] } ]".formatted(domain));
  }

  private void monitors() {
    JsonNode refs = values.policy("healthMonitorRefs");
    if (refs.isEmpty()) {
      return;
    }
    line("monitors:");
    for (JsonNode ref : refs) {
      line("  - { name: %s, type: http, port: 80 }".formatted(ref.asText()));
      todo.add("monitors: what " + ref.asText() + " checks is in the Avi controller; say it here");
    }
  }

  private void sync() {
    line("sync:");
    line("  kubeconfig: gslb-members");
    line("  clusters:");
    List<String> matched = values.matched();
    for (Map.Entry<String, String> cluster : sites.entrySet()) {
      boolean taken = matched.contains(cluster.getKey());
      String line =
          "- { context: %s, site: %s }"
              .formatted(Yaml.quoted(cluster.getKey()), cluster.getValue());
      line("    %s".formatted(taken ? line : "# not in matchClusters: " + line));
    }
    line(
        "  # Where GSLBConfig and GlobalDeploymentPolicy stay in the leader, this is the whole"
            + " policy:");
    line("  # policy: { source: amko, leader: %s }".formatted(Yaml.quoted(values.leader())));
    line("  policy:");
    line("    source: file");
    if (values.customGlobalFqdn()) {
      line("    customGlobalFqdn: true");
    }
    selector("appSelector");
    selector("namespaceSelector");
    if (!values.policy("ttl").isMissingNode()) {
      line("    ttl: %ds".formatted(values.policy("ttl").asInt()));
    }
    algorithm(values.policy("poolAlgorithmSettings"));
    monitoring();
    downResponse(values.policy("downResponse"));
    trafficSplit(values.policy("trafficSplit"), matched);
  }

  private void selector(String name) {
    JsonNode labels = values.policy(name).path("label");
    if (!labels.isEmpty()) {
      String text =
          labels.properties().stream()
              .map(label -> label.getKey() + ": " + Yaml.quoted(label.getValue().asText()))
              .collect(Collectors.joining(", "));
      line("    %s: { %s }".formatted(name, text));
    } else if (name.equals("namespaceSelector")
        && values.policy("appSelector").path("label").isEmpty()) {
      todo.add(
          "sync.policy: without appSelector or namespaceSelector nothing is selected, as in AMKO");
    }
  }

  private void algorithm(JsonNode settings) {
    String name = settings.path("lbAlgorithm").asText().replace(ALGORITHM, "");
    switch (name) {
      case "" -> {}
      case "GEO" -> {
        line("    # algorithm: geo");
        todo.add("sync.policy.algorithm: geo needs geo.databases; then take the # away");
      }
      case "TOPOLOGY" -> {
        line("    # algorithm: topology");
        todo.add("sync.policy.algorithm: topology needs topologies; then take the # away");
      }
      case "CONSISTENT_HASH" -> {
        line("    algorithm: consistent-hash");
        todo.add(
            "sync.policy.algorithm: hashMask %s is 24 bits of IPv4 and 56 of IPv6 here"
                .formatted(settings.path("hashMask").asText()));
      }
      default -> line("    algorithm: round-robin");
    }
  }

  private void monitoring() {
    JsonNode refs = values.policy("healthMonitorRefs");
    if (!values.policy("healthMonitorTemplate").isMissingNode()) {
      todo.add(
          "sync.policy: a healthMonitorTemplate is for source amko; here paths are probed by HEAD");
    }
    if (values.policy("controlPlaneHmOnly").asBoolean()) {
      line("    # nothing is probed, as controlPlaneHmOnly says");
    } else if (refs.isEmpty()) {
      line("    probeAsObjectsTell: true");
    } else {
      var names = new ArrayList<String>();
      refs.forEach(ref -> names.add(ref.asText()));
      line("    monitors: [ %s ]".formatted(String.join(", ", names)));
    }
  }

  private void downResponse(JsonNode down) {
    String type = down.path("type").asText().replace(DOWN_RESPONSE, "");
    String address = down.path("fallbackIP").asText();
    String text =
        switch (type) {
          case "ALL_RECORDS" -> "{ type: all-records }";
          case "EMPTY" -> "{ type: no-data }";
          case "FALLBACK_IP" ->
              "{ type: fallback-address, %s: \"%s\" }"
                  .formatted(address.contains(":") ? "ipv6" : "ipv4", address);
          default -> "{ type: none }";
        };
    line("    downResponse: %s".formatted(text));
  }

  private void trafficSplit(JsonNode split, List<String> matched) {
    var lines = new ArrayList<String>();
    for (JsonNode share : split) {
      String cluster = share.path("cluster").asText();
      if (matched.contains(cluster)) {
        lines.add(
            "      - { cluster: %s, weight: %d, priority: %d }"
                .formatted(
                    Yaml.quoted(cluster),
                    share.path("weight").asInt(1),
                    share.path("priority").asInt(10)));
      } else {
        todo.add("trafficSplit: " + cluster + " is none of matchClusters, its share is left out");
      }
    }
    if (!lines.isEmpty()) {
      line("    trafficSplit:");
      lines.forEach(share -> line(share));
    }
  }

  private void line(String text) {
    file.append(text).append('\n');
  }
}
