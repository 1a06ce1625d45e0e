package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list. A wrong item is read as its stand-in: item n of the list is item n of the file.
 *
 * @param minimum how many items there must be
 */
public record ListValue<T>(Value<T> item, int minimum) implements Value<List<T>> {
  public static <T> ListValue<T> any(Value<T> item) {
    return new ListValue<>(item, 0);
  }

  public static <T> ListValue<T> some(Value<T> item) {
    return new ListValue<>(item, 1);
  }

  @Override
  public List<T> read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof Node.Sequence(var nodes, _, _))) {
      return wrongKind(node, path, problems);
    }
    if (nodes.size() < minimum) {
      problems.error(Spot.of(node, path), "the list is empty; allowed: " + allowed());
    }
    var items = new ArrayList<T>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      items.add(item.read(nodes.get(i), path.item(i), problems));
    }
    return items;
  }

  @Override
  public List<T> standIn() {
    return List.of();
  }

  @Override
  public String allowed() {
    return "a list of " + (minimum > 0 ? "at least one: " : "any length: ") + item.allowed();
  }

  @Override
  public String show(List<T> value) {
    return value.stream().map(item::show).collect(Collectors.joining(", ", "[", "]"));
  }
}
