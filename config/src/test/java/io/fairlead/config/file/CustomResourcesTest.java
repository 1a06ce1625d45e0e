package io.fairlead.config.file;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ShortForm;
import io.fairlead.config.file.monitor.MonitorObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the API server is told of our kinds is what is read: the schemas are made of the same
 * tables. To write them anew: {@code -Dcrds=apply}.
 */
class CustomResourcesTest {
  private static final Path CRDS = Path.of("../deploy/helm/crds");
  private static final String SCHEMA = "/spec/versions/0/schema/openAPIV3Schema/properties";

  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  /** What one key says of another; what needs the file or other objects is said by conditions. */
  private static final Map<String, Map<String, String>> RULES =
      Map.of(
          "a GlobalService",
          rules(
              "has(self.host) != has(self.targetRefs)",
              "exactly one of host, targetRefs is needed",
              "has(self.host) || (!has(self.aliases) && !has(self.members))",
              "only a GlobalService with a host has aliases and members",
              onlyWith("hashMask", "algorithm", "consistent-hash"),
              "only algorithm consistent-hash has hashMask",
              onlyWith("fallback", "algorithm", "geo"),
              "only algorithm geo has fallback",
              onlyWith("topology", "algorithm", "topology"),
              "only algorithm topology has topology",
              "!(has(self.manualResume) && self.manualResume && has(self.resumeAfter))",
              "with manualResume only an operator resumes; leave resumeAfter out"),
          "a down response",
          rules(
              "(has(self.ipv4) || has(self.ipv6)) == (self.type == 'fallback-address')",
              "fallback-address needs ipv4, ipv6 or both, and no other type has them",
              "self.type != 'cname'",
              "imported services have no name of last resort"),
          "a member",
          rules(
              "has(self.address) != has(self.hostname)",
              "exactly one of address, hostname is needed",
              "!has(self.publicAddress) || has(self.address)",
              "only a member with an address has publicAddress"),
          "a HealthMonitor",
          ofMonitors());

  private static String onlyWith(String key, String other, String value) {
    return "!has(self.%s) || (has(self.%s) && self.%s == '%s')".formatted(key, other, other, value);
  }

  private static Map<String, String> ofMonitors() {
    Map<String, String> rules = new LinkedHashMap<>();
    MonitorObject.owners()
        .forEach(
            (key, types) -> {
              if (!isUntyped(key)) {
                rules.put(
                    "!has(self.%s) || self.type in [%s]"
                        .formatted(
                            key, types.stream().map(t -> "'" + t + "'").collect(joining(", "))),
                    "only a monitor of type %s has %s".formatted(String.join(" or ", types), key));
              }
            });
    rules.put(
        "has(self.port) || !(self.type in ['tcp', 'tls', 'udp', 'grpc'])",
        "a monitor of type tcp, tls, udp or grpc needs a port");
    return rules;
  }

  /** A rule cannot ask for a field whose type the schema does not know. */
  private static boolean isUntyped(String key) {
    Key<?> found = MonitorObject.KEYS.keys().get(key);
    return found != null && found.value() instanceof ShortForm<?>;
  }

  private static Map<String, String> rules(String... ruleAndMessage) {
    Map<String, String> rules = new LinkedHashMap<>();
    for (int i = 0; i < ruleAndMessage.length; i += 2) {
      rules.put(ruleAndMessage[i], ruleAndMessage[i + 1]);
    }
    return rules;
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of("globalservices.yaml", GlobalServiceSection.KEYS),
        Arguments.of("healthmonitors.yaml", MonitorObject.KEYS));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theSchemaIsMadeOfTheKeys(String name, KeyTable keys) throws IOException {
    Path file = CRDS.resolve(name);
    String text = Files.readString(file);
    ObjectNode definition = (ObjectNode) YAML.readTree(text);
    JsonNode before = definition.deepCopy();
    ObjectNode properties = (ObjectNode) definition.at(SCHEMA);
    properties.set("spec", new OpenApi(RULES).section(keys));
    properties.set("status", status(name.startsWith("global")));
    if ("apply".equals(System.getProperty("crds"))) {
      String comment = text.lines().filter(line -> line.startsWith("#")).collect(joining("\n"));
      Files.writeString(file, comment + "\n" + YAML.writeValueAsString(definition));
    } else {
      assertThat(YAML.writeValueAsString(definition).lines())
          .as(file + " differs from the keys that are read; write it anew with -Dcrds=apply")
          .containsExactlyElementsOf(YAML.writeValueAsString(before).lines().toList());
    }
  }

  /** As meta/v1.Condition is, and GEP-713's PolicyStatus. */
  private static ObjectNode status(boolean service) {
    ObjectNode status = YAML.createObjectNode().put("type", "object");
    ObjectNode properties = status.putObject("properties");
    properties.set("conditions", conditions());
    if (service) {
      properties
          .putObject("hosts")
          .put("description", "the names that it speaks for, the first 64")
          .put("type", "array")
          .putObject("items")
          .put("type", "string");
      ObjectNode ancestors =
          properties
              .putObject("ancestors")
              .put("description", "what became of each of targetRefs")
              .put("type", "array")
              .put("maxItems", 16);
      ObjectNode ancestor = ancestors.putObject("items").put("type", "object");
      required(ancestor, "ancestorRef", "controllerName");
      ObjectNode fields = ancestor.putObject("properties");
      ObjectNode ref = fields.putObject("ancestorRef").put("type", "object");
      required(ref, "kind", "name");
      ObjectNode refFields = ref.putObject("properties");
      List.of("group", "kind", "name")
          .forEach(field -> refFields.putObject(field).put("type", "string"));
      fields.putObject("controllerName").put("type", "string");
      fields.set("conditions", conditions());
    }
    return status;
  }

  private static ObjectNode conditions() {
    ObjectNode conditions = YAML.createObjectNode().put("type", "array").put("maxItems", 8);
    conditions.putArray("x-kubernetes-list-map-keys").add("type");
    conditions.put("x-kubernetes-list-type", "map");
    ObjectNode condition = conditions.putObject("items").put("type", "object");
    required(condition, "type", "status", "lastTransitionTime", "reason", "message");
    ObjectNode fields = condition.putObject("properties");
    fields.putObject("type").put("type", "string").put("maxLength", 316);
    ObjectNode state = fields.putObject("status").put("type", "string");
    List.of("True", "False", "Unknown").forEach(state.putArray("enum")::add);
    fields.putObject("observedGeneration").put("type", "integer").put("format", "int64");
    fields.putObject("lastTransitionTime").put("type", "string").put("format", "date-time");
    fields.putObject("reason").put("type", "string").put("maxLength", 1024);
    fields.putObject("message").put("type", "string").put("maxLength", 32768);
    return conditions;
  }

  private static void required(ObjectNode schema, String... fields) {
    ArrayNode required = schema.putArray("required");
    List.of(fields).forEach(required::add);
  }
}
