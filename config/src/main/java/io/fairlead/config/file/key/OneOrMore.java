package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import java.util.List;

/** A list that may be written as its only item. */
public record OneOrMore<T>(Value<T> item) implements Value<List<T>> {
  @Override
  public List<T> read(Node node, KeyPath path, Problems problems) {
    return node instanceof Node.Sequence
        ? ListValue.some(item).read(node, path, problems)
        : List.of(item.read(node, path, problems));
  }

  @Override
  public List<T> standIn() {
    return List.of();
  }

  @Override
  public String allowed() {
    return item.allowed() + "; or a list of these";
  }

  @Override
  public String show(List<T> value) {
    return ListValue.some(item).show(value);
  }
}
