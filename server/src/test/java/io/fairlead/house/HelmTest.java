package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart with the values of every AMKO that we know, unchanged, and by itself. */
final class HelmTest {
  private static final Path CHART = House.ROOT.resolve("deploy/helm");
  private static final Path VALUES = House.ROOT.resolve("server/src/test/resources/helm");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "ConfigMap", ConfigMap.class,
          "Deployment", Deployment.class,
          "Service", Service.class,
          "ServiceAccount", ServiceAccount.class,
          "PodDisruptionBudget", PodDisruptionBudget.class,
          "NetworkPolicy", NetworkPolicy.class,
          "ClusterRole", ClusterRole.class,
          "ClusterRoleBinding", ClusterRoleBinding.class,
          "CustomResourceDefinition", CustomResourceDefinition.class);

  static List<Path> amko() throws IOException {
    try (Stream<Path> files = Files.list(VALUES)) {
      return files.sorted().toList();
    }
  }

  /** A user's values over the chart's: maps join, all else is replaced, null takes a key away. */
  private static Map<String, Object> values(String over) throws JsonProcessingException {
    return joined(map(House.read(Path.of("deploy/helm/values.yaml"))), map(over));
  }

  private static Map<String, Object> map(String yaml) throws JsonProcessingException {
    return yaml.isBlank()
        ? Map.of()
        : YAML.readValue(yaml, new TypeReference<Map<String, Object>>() {});
  }

  @SuppressWarnings("unchecked") // YAML's mappings have text for keys
  private static Map<String, Object> joined(Map<String, Object> under, Map<String, Object> over) {
    var both = new LinkedHashMap<String, Object>(under);
    over.forEach(
        (key, value) -> {
          if (value == null) {
            both.remove(key);
          } else if (value instanceof Map && both.get(key) instanceof Map<?, ?> below) {
            both.put(key, joined((Map<String, Object>) below, (Map<String, Object>) value));
          } else {
            both.put(key, value);
          }
        });
    return both;
  }

  private static List<JsonNode> render(String over) throws IOException {
    var root =
        Map.<String, Object>of(
            "Values", values(over),
            "Release", Map.of("Name", "gslb", "Namespace", "avi-system"),
            "Chart",
                map(Files.readString(CHART.resolve("Chart.yaml"))).entrySet().stream()
                    .filter(entry -> entry.getKey().equals("appVersion"))
                    .collect(Collectors.toMap(_ -> "AppVersion", Map.Entry::getValue)));
    var engine = new GoTemplate(Files.readString(CHART.resolve("templates/_helpers.tpl")), root);
    try (Stream<Path> files = Files.list(CHART.resolve("templates"))) {
      var objects = new ArrayList<JsonNode>();
      for (Path file : files.sorted().toList()) {
        String rendered = file.toString().endsWith(".tpl") ? "" : render(engine, file);
        if (file.toString().endsWith(".yaml")) {
          YAML.readerFor(JsonNode.class)
              .<JsonNode>readValues(rendered)
              .forEachRemaining(
                  node -> {
                    if (node.isObject()) {
                      objects.add(node);
                    }
                  });
        }
      }
      return objects;
    }
  }

  private static String render(GoTemplate engine, Path file) throws IOException {
    try {
      return engine.render(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new AssertionError(file + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode object(List<JsonNode> objects, String kind) {
    return objects.stream()
        .filter(each -> each.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind));
  }

  private static void assertKnownToKubernetes(List<JsonNode> objects) throws IOException {
    for (JsonNode object : objects) {
      Class<?> type = KINDS.get(object.path("kind").asText());
      if (type != null) {
        assertThat(DeployTest.STRICT.treeToValue(object, type)).isNotNull();
      } else {
        assertThat(object.path("kind").asText())
            .isIn("GSLBConfig", "GlobalDeploymentPolicy", "AMKOCluster", "ServiceMonitor");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("amko")
  void installsWithAmkosOwnValues(Path values) throws IOException {
    List<JsonNode> objects = render(Files.readString(values));

    assertKnownToKubernetes(objects);
    assertThat(objects.stream().map(each -> each.path("kind").asText()))
        .contains("Deployment", "Service", "ConfigMap", "ServiceAccount", "NetworkPolicy")
        .contains("PodDisruptionBudget", "ClusterRole", "GSLBConfig", "GlobalDeploymentPolicy");
    JsonNode container = object(objects, "Deployment").at("/spec/template/spec/containers/0");
    assertThat(container.path("image").asText()).as("never AMKO's image").startsWith("fairlead:");
    assertThat(container.at("/resources/limits/memory").asText())
        .as("never AMKO's limit")
        .isEqualTo("768Mi");
  }

  @ParameterizedTest
  @MethodSource("amko")
  void readsTheClustersAndThePolicyThatTheValuesName(Path values) throws IOException {
    List<JsonNode> objects = render(Files.readString(values));
    JsonNode config =
        YAML.readTree(object(objects, "ConfigMap").at("/data/fairlead.yaml").asText());

    assertThat(contexts(config.at("/sync/clusters"), "context"))
        .containsExactly("cluster1-admin", "cluster2-admin");
    assertThat(config.at("/sync/policy/source").asText()).isEqualTo("amko");
    assertThat(config.at("/sync/policy/leader").asText()).isEqualTo("cluster1-admin");
    assertThat(
            contexts(
                object(objects, "GlobalDeploymentPolicy").at("/spec/matchClusters"), "cluster"))
        .containsExactly("cluster1-admin", "cluster2-admin");
    assertThat(contexts(object(objects, "GSLBConfig").at("/spec/memberClusters"), "clusterContext"))
        .containsExactly("cluster1-admin", "cluster2-admin");
  }

  private static Stream<String> contexts(JsonNode list, String key) {
    return StreamSupport.stream(list.spliterator(), false).map(each -> each.path(key).asText());
  }

  @Test
  void carriesWhatAnOperatorUncommented() throws IOException {
    JsonNode policy =
        object(
                render(
                    Files.readString(VALUES.resolve("amko-2.2.1-values.yaml"))
                        .replace(
                            "  # appSelector:\n\n", "  appSelector: { label: { app: gslb } }\n")
                        .replace("  # ttl: 10", "  ttl: 10")
                        .replaceAll("  # (trafficSplit:|  - cluster:.*|    weight: [82])", "  $1")),
                "GlobalDeploymentPolicy")
            .path("spec");

    assertThat(policy.at("/matchRules/appSelector/label/app").asText()).isEqualTo("gslb");
    assertThat(policy.path("ttl").asInt()).isEqualTo(10);
    assertThat(policy.at("/trafficSplit/0/weight").asInt()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"amko-1.2.1, false", "amko-1.13.1, false", "amko-2.2.1, true"})
  void takesPartInAFederationWhereTheValuesNameTheCluster(String values, boolean named)
      throws IOException {
    List<JsonNode> objects = render(Files.readString(VALUES.resolve(values + "-values.yaml")));
    assertThat(objects.stream().anyMatch(each -> each.path("kind").asText().equals("AMKOCluster")))
        .isEqualTo(named);
    assertThat(object(objects, "ClusterRole").toString().contains("coordination.k8s.io"))
        .isEqualTo(named);
    if (named) {
      JsonNode cluster = object(objects, "AMKOCluster").path("spec");
      assertThat(cluster.path("isLeader").asBoolean()).isTrue();
      assertThat(cluster.path("clusterContext").asText()).isEqualTo("cluster1-admin");
      assertThat(cluster.path("clusters"))
          .extracting(JsonNode::asText)
          .containsExactly("cluster1-admin", "cluster2-admin");
    }
  }

  /** By itself it is a server of the zones in its values, and loads. */
  @Test
  void withoutClustersItsConfigurationLoads() throws IOException {
    List<JsonNode> objects = render("");
    assertKnownToKubernetes(objects);
    String config = object(objects, "ConfigMap").at("/data/fairlead.yaml").asText();

    assertThat(ConfigLoader.load(Path.of("fairlead.yaml"), config))
        .isInstanceOf(Result.Loaded.class);
  }

  @Test
  void switchesTakeThingsAwayAndBringThem() throws IOException {
    List<JsonNode> objects =
        render(
            """
            fairlead:
              networkPolicy: { enabled: false }
              podDisruptionBudget: { enabled: false }
              serviceMonitor: { enabled: true }
              service: { type: ClusterIP }
            serviceAccount: { create: false, name: mine }
            """);

    assertKnownToKubernetes(objects);
    assertThat(objects.stream().map(each -> each.path("kind").asText()))
        .contains("ServiceMonitor")
        .doesNotContain("NetworkPolicy", "PodDisruptionBudget", "ServiceAccount", "GSLBConfig");
    assertThat(object(objects, "Deployment").at("/spec/template/spec/serviceAccountName").asText())
        .isEqualTo("mine");
  }

  /** The health check of the image speaks no TLS, and the kubelet does. */
  @Test
  void anAdminApiThatLeavesLoopbackIsProbedOverTlsAndHasItsSecrets() throws IOException {
    List<JsonNode> objects =
        render(
            """
            fairlead:
              secrets: [fairlead-admin]
              admin:
                listen: "0.0.0.0:8053"
                tls:
                  certificate: /etc/fairlead-secrets/fairlead-admin/tls.crt
                  key: /etc/fairlead-secrets/fairlead-admin/tls.key
                tokens:
                  - { name: prometheus, role: read, file: /etc/fairlead-secrets/fairlead-admin/token }
            """);

    assertKnownToKubernetes(objects);
    JsonNode pod = object(objects, "Deployment").at("/spec/template/spec");
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode asked = pod.path("containers").path(0).path(probe);
      assertThat(asked.at("/httpGet/scheme").asText()).as(probe).isEqualTo("HTTPS");
      assertThat(asked.at("/httpGet/port").asInt()).isEqualTo(8053);
      assertThat(asked.has("exec")).isFalse();
    }
    assertThat(pod.path("volumes").findValuesAsText("secretName")).contains("fairlead-admin");
    assertThat(pod.path("containers").path(0).path("volumeMounts").findValuesAsText("mountPath"))
        .contains("/etc/fairlead-secrets/fairlead-admin");
    assertThat(object(render("{}"), "Deployment").findValues("exec")).hasSize(3);
  }

  @Test
  void theDefinitionsAreKnownToKubernetes() throws IOException {
    try (Stream<Path> files = Files.list(CHART.resolve("crds"))) {
      for (Path file : files.toList()) {
        assertKnownToKubernetes(List.of(YAML.readTree(Files.readString(file))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{ .Values.nothing.below }}", "{{ if .Values }}", "{{ end }}", "{{ lookup 1 }}"})
  void whatTheRendererDoesNotKnowIsAnError(String template) {
    assertThatThrownBy(() -> new GoTemplate("", Map.of("Values", Map.of())).render(template))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
