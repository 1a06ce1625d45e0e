package io.fairlead.config.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.LabelsValue;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.OneOrMore;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Value;
import io.fairlead.config.file.key.WordValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration as a JSON Schema (draft 2020-12), made of the tables that read it: for editors,
 * which complete and underline. It is never stricter than the loader, and the loader has the last
 * word.
 */
public final class JsonSchema {
  /** How a number says its bounds, in the sentence that people get. */
  private static final Pattern WHOLE =
      Pattern.compile("a whole number from (-?[0-9]+) to (-?[0-9]+)");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonSchema() {}

  public static String text() {
    ObjectNode root = JSON.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "A configuration of Fairlead");
    root.setAll(section(ConfigSection.KEYS));
    return root.toPrettyString();
  }

  private static ObjectNode section(KeyTable table) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (Key<?> key : table.keys().values()) {
      ObjectNode property = value(key.value());
      property.put("description", description(key));
      properties.set(key.name(), property);
      if (key.required()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static String description(Key<?> key) {
    String allowed = key.value() instanceof TextValue<?> text ? "; " + text.allowed() : "";
    String otherwise = key.required() ? "" : " (default: " + key.otherwise() + ")";
    return key.meaning() + allowed + otherwise;
  }

  private static ObjectNode value(Value<?> value) {
    return switch (value) {
      case SectionValue(var table) -> section(table);
      case ListValue<?>(var item, var minimum) -> list(item, minimum);
      case OneOrMore<?>(var item) -> {
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(value(item)).add(list(item, 1));
        yield either;
      }
      case WordValue<?>(var words, _) -> {
        ObjectNode one = JSON.objectNode();
        words.keySet().forEach(word -> addWord(word, one.withArray("enum")));
        yield one;
      }
      case TextValue<?> text -> text(text.allowed());
      case LabelsValue _ -> {
        ObjectNode labels = JSON.objectNode().put("type", "object");
        labels.set("additionalProperties", anyScalar());
        yield labels;
      }
      default -> JSON.objectNode();
    };
  }

  private static ObjectNode list(Value<?> item, int minimum) {
    ObjectNode list = JSON.objectNode().put("type", "array").put("minItems", minimum);
    list.set("items", value(item));
    return list;
  }

  /** To YAML an unquoted word may be a number or a truth value, and means the same here. */
  private static void addWord(String word, ArrayNode words) {
    words.add(word);
    if (word.equals("true") || word.equals("false")) {
      words.add(Boolean.parseBoolean(word));
    } else if (word.matches("[0-9]{1,9}")) {
      words.add(Integer.parseInt(word));
    }
  }

  private static ObjectNode text(String allowed) {
    Matcher whole = WHOLE.matcher(allowed);
    return whole.matches()
        ? JSON.objectNode()
            .put("type", "integer")
            .put("minimum", Long.parseLong(whole.group(1)))
            .put("maximum", Long.parseLong(whole.group(2)))
        : anyScalar();
  }

  private static ObjectNode anyScalar() {
    ObjectNode scalar = JSON.objectNode();
    scalar.putArray("type").add("string").add("number").add("boolean");
    return scalar;
  }
}
