package io.fairlead.server.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fairlead.sync.cluster.ScriptedApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A cluster that has AMKO's, AKO's and our kinds, and manifests that are applied to it. */
final class Manifests implements AutoCloseable {
  static final String CONFIGS = "amko.vmware.com/v1alpha1/gslbconfigs";
  static final String POLICIES = "amko.vmware.com/v1alpha2/globaldeploymentpolicies";
  static final String RULES = "amko.vmware.com/v1alpha1/gslbhostrules";
  static final String HOST_RULES = "ako.vmware.com/v1beta1/hostrules";

  static final String GLOBAL_SERVICES = "fairlead.io/v1alpha1/globalservices";
  static final String HEALTH_MONITORS = "fairlead.io/v1alpha1/healthmonitors";

  private static final Map<String, String> KINDS =
      Map.of(
          GLOBAL_SERVICES, "GlobalService",
          HEALTH_MONITORS, "HealthMonitor",
          CONFIGS, "GSLBConfig",
          POLICIES, "GlobalDeploymentPolicy",
          RULES, "GSLBHostRule",
          HOST_RULES, "HostRule");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScriptedApiServer api = ScriptedApiServer.start();

  Manifests() {
    KINDS.forEach(api::know);
  }

  ScriptedApiServer api() {
    return api;
  }

  void apply(String manifest) throws IOException {
    apply(manifest, _ -> {});
  }

  /** Applies a manifest with a change, as {@code kubectl apply} does. */
  void apply(String manifest, Consumer<ObjectNode> change) throws IOException {
    try (InputStream in = Manifests.class.getResourceAsStream("amko/" + manifest)) {
      var object = (ObjectNode) YAML.readTree(Objects.requireNonNull(in, manifest));
      change.accept(object);
      apply(object);
    }
  }

  /** The same with a manifest of the tree. */
  void applyFile(Path manifest, Consumer<ObjectNode> change) throws IOException {
    var object = (ObjectNode) YAML.readTree(Files.readString(manifest));
    change.accept(object);
    apply(object);
  }

  private void apply(ObjectNode object) throws IOException {
    var metadata = object.get("metadata");
    var labels = new HashMap<String, String>();
    metadata.path("labels").forEachEntry((name, value) -> labels.put(name, value.asText()));
    var rest = JSON.createObjectNode();
    for (String part : new String[] {"spec", "status"}) {
      if (object.has(part)) {
        rest.set(part, object.get(part));
      }
    }
    String kind = object.get("kind").asText().toLowerCase(Locale.ROOT);
    String plural = kind.endsWith("y") ? kind.replaceFirst("y$", "ies") : kind + "s";
    String text = JSON.writeValueAsString(rest);
    api.put(
        object.get("apiVersion").asText() + "/" + plural,
        metadata.path("namespace").asText(),
        metadata.get("name").asText(),
        labels,
        text.substring(1, text.length() - 1));
  }

  @Override
  public void close() {
    api.close();
  }
}
