package io.fairlead.server.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of AMKO's Helm chart, of any generation, and what they are in our words. A value that
 * has no meaning here is named, with the reason; none is passed over in silence.
 */
public final class AmkoValues {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String POLICY = "globalDeploymentPolicy";

  /** Where the deployment of Fairlead itself says it. */
  private static final String OURS = "the deployment of Fairlead says its own";

  private static final String CONTROLLER = "no Avi controller is asked";

  /** Values without a meaning here, by their path or its beginning, and why. */
  private static final Map<String, String> MEANINGLESS = meaningless();

  private final JsonNode values;

  private AmkoValues(JsonNode values) {
    this.values = values;
  }

  private static Map<String, String> meaningless() {
    Map<String, String> why = new LinkedHashMap<>();
    why.put("configs.gslbLeaderController", CONTROLLER);
    why.put("configs.controllerVersion", CONTROLLER);
    why.put("configs.tenant", CONTROLLER + ": there are no tenants");
    why.put("configs.amkoUUID", "nothing is written to a controller that would need an owner");
    why.put("configs.refreshInterval", "clusters are watched, nothing is refreshed");
    why.put("configs.logLevel", "the log's level is the process's own");
    why.put("gslbLeaderCredentials", CONTROLLER + ": no credentials are needed");
    why.put("federation", "the configuration file is the policy, and every node reads its own");
    why.put("serviceDiscovery", "members are VIPs; pods of other clusters are not addressed");
    why.put("multiClusterIngress", "these objects are read wherever a cluster has them");
    why.put(POLICY + ".sitePersistenceRef", "it needs the data path; use consistent-hash");
    why.put(POLICY + ".pkiProfileRef", "it belongs to site persistence");
    for (String own :
        List.of(
            "replicaCount",
            "image",
            "imagePullSecrets",
            "serviceAccount",
            "resources",
            "service",
            "rbac",
            "persistentVolumeClaim",
            "mountPath",
            "logFile",
            "federatorLogFile",
            "nameOverride",
            "fullnameOverride")) {
      why.put(own, OURS);
    }
    return why;
  }

  /**
   * Reads a values file.
   *
   * @throws IllegalArgumentException with the reason where it is none of AMKO's chart
   */
  public static AmkoValues parse(String text) {
    try {
      JsonNode values = YAML.readTree(text);
      if (!values.isObject() || !values.path("configs").path("memberClusters").isArray()) {
        throw new IllegalArgumentException(
            "no values of AMKO's chart: they have configs.memberClusters");
      }
      return new AmkoValues(values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not valid YAML: " + e.getOriginalMessage(), e);
    }
  }

  /** Contexts of the member clusters. */
  List<String> members() {
    return contexts(values.path("configs").path("memberClusters"), "clusterContext");
  }

  /** Those of them whose objects are taken; the oldest charts list them as plain names. */
  List<String> matched() {
    return contexts(policy("matchClusters"), "cluster");
  }

  private static List<String> contexts(JsonNode list, String field) {
    var contexts = new ArrayList<String>();
    list.forEach(one -> contexts.add(one.isTextual() ? one.asText() : one.path(field).asText()));
    return contexts;
  }

  /** The leader of a federation, else the first member. */
  String leader() {
    String current = values.path("federation").path("currentCluster").asText();
    return current.isEmpty() ? members().getFirst() : current;
  }

  boolean customGlobalFqdn() {
    return values.path("configs").path("useCustomGlobalFqdn").asBoolean();
  }

  /** A field of the GlobalDeploymentPolicy; missing where there is none. */
  JsonNode policy(String field) {
    JsonNode node = values.path(POLICY).path(field);
    return node.isNull() ? JsonNodeFactory.instance.missingNode() : node;
  }

  /** What these values say that means nothing here: each with why. */
  List<String> withoutMeaning() {
    var words = new ArrayList<String>();
    collect("", values, words);
    return words;
  }

  private static void collect(String path, JsonNode node, List<String> words) {
    String why = MEANINGLESS.get(path);
    if (why != null) {
      if (!isEmpty(node)) {
        words.add(path + ": " + why);
      }
    } else if (node.isObject() && isOpened(path)) {
      node.forEachEntry(
          (key, value) -> collect(path.isEmpty() ? key : path + "." + key, value, words));
    } else if (!isEmpty(node) && !AmkoImport.TAKEN.contains(path)) {
      words.add(path + ": not known of AMKO's chart");
    }
  }

  private static boolean isOpened(String path) {
    return path.isEmpty() || path.equals("configs") || path.equals(POLICY);
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isNull()
        || (node.isTextual() && node.asText().isEmpty())
        || (node.isContainerNode() && allEmpty(node));
  }

  private static boolean allEmpty(JsonNode node) {
    for (JsonNode below : node) {
      if (!isEmpty(below)) {
        return false;
      }
    }
    return true;
  }
}
