package io.fairlead.config.file.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What was read as JSON, as if it stood in a file at no line. */
public final class JsonTree {
  private JsonTree() {}

  public static Node node(JsonNode json) {
    if (json.isObject()) {
      List<Node.Entry> entries = new ArrayList<>();
      json.forEachEntry((key, value) -> entries.add(new Node.Entry(key, 0, 0, node(value))));
      return new Node.Mapping(List.copyOf(entries), 0, 0);
    }
    if (json.isArray()) {
      List<Node> items = new ArrayList<>();
      json.forEach(item -> items.add(node(item)));
      return new Node.Sequence(List.copyOf(items), 0, 0);
    }
    return new Node.Scalar(json.isNull() ? "" : json.asText(), 0, 0);
  }
}
