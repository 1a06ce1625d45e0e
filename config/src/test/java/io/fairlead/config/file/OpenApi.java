package io.fairlead.config.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.file.key.HeadersValue;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.LabelsValue;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.OneOrMore;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.ShortForm;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Value;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.config.file.monitor.MonitorObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables of keys as structural OpenAPI schemas, which is what a CustomResourceDefinition takes. Not
 * stricter than the reader of the keys, which has the last word.
 */
final class OpenApi {
  private static final Pattern WHOLE =
      Pattern.compile("a whole number from (-?[0-9]+) to (-?[0-9]+)");

  /** Lists and maps must have a bound, or a rule about their items costs too much to be taken. */
  private static final int MAX_ITEMS = 16;

  /** Of what a list has at most one for each. */
  private static final String SHARE = "cluster";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** CEL rules by the title of a table: what must be true, and what is said where it is not. */
  private final Map<String, Map<String, String>> rules;

  OpenApi(Map<String, Map<String, String>> rules) {
    this.rules = rules;
  }

  ObjectNode section(KeyTable table) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ArrayNode required = JSON.arrayNode();
    ObjectNode properties = JSON.objectNode();
    for (Key<?> key : table.keys().values()) {
      if (!MonitorObject.isFile(key)) {
        ObjectNode property = JSON.objectNode();
        property.put("description", description(key));
        property.setAll(value(key.value()));
        properties.set(key.name(), property);
        if (key.required()) {
          required.add(key.name());
        }
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
    Map<String, String> own = rules.getOrDefault(table.title(), Map.of());
    if (!own.isEmpty()) {
      ArrayNode validations = schema.putArray("x-kubernetes-validations");
      own.forEach(
          (rule, message) -> validations.addObject().put("rule", rule).put("message", message));
    }
    return schema;
  }

  private static String description(Key<?> key) {
    String allowed = key.value() instanceof TextValue<?> text ? "; " + text.allowed() : "";
    String otherwise = key.required() ? "" : " (default: " + key.otherwise() + ")";
    return key.meaning() + allowed + otherwise;
  }

  private ObjectNode value(Value<?> value) {
    if (value == Numbers.TRUE_OR_FALSE) {
      return JSON.objectNode().put("type", "boolean");
    }
    return switch (value) {
      case SectionValue(var table) -> section(table);
      case ListValue<?>(var item, var minimum) -> list(item, minimum);
      case OneOrMore<?>(var item) -> list(item, 1);
      case WordValue<?>(var words, _) -> {
        ObjectNode one = JSON.objectNode().put("type", "string");
        words.keySet().forEach(one.putArray("enum")::add);
        yield one;
      }
      case TextValue<?> text -> text(text.allowed());
      case ShortForm<?> _ -> JSON.objectNode().put("x-kubernetes-preserve-unknown-fields", true);
      case LabelsValue _, HeadersValue _ -> texts();
      default -> throw new IllegalArgumentException("no schema for " + value);
    };
  }

  private ObjectNode list(Value<?> item, int minimum) {
    ObjectNode list = JSON.objectNode().put("type", "array");
    if (minimum > 0) {
      list.put("minItems", minimum);
    }
    list.put("maxItems", MAX_ITEMS);
    if (item instanceof SectionValue(var table) && table.keys().containsKey(SHARE)) {
      list.putArray("x-kubernetes-list-map-keys").add(SHARE);
      list.put("x-kubernetes-list-type", "map");
    }
    list.set("items", value(item));
    return list;
  }

  private static ObjectNode texts() {
    ObjectNode texts = JSON.objectNode().put("type", "object").put("maxProperties", MAX_ITEMS);
    texts.putObject("additionalProperties").put("type", "string");
    return texts;
  }

  /** What a number may stand for as well as a text: "200" or 200, "any" or 2. */
  private static final List<String> NUMBER_OR_TEXT = List.of("a status", "all, any", "octets");

  private static ObjectNode text(String allowed) {
    Matcher whole = WHOLE.matcher(allowed);
    if (whole.matches()) {
      return JSON.objectNode()
          .put("type", "integer")
          .put("minimum", Long.parseLong(whole.group(1)))
          .put("maximum", Long.parseLong(whole.group(2)));
    }
    if (NUMBER_OR_TEXT.stream().anyMatch(allowed::startsWith)) {
      return JSON.objectNode().put("x-kubernetes-int-or-string", true);
    }
    return JSON.objectNode().put("type", "string");
  }
}
