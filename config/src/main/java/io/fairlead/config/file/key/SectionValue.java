package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;

/** Keys of its own below the key. */
public record SectionValue(KeyTable keys) implements Value<Section> {
  @Override
  public Section read(Node node, KeyPath path, Problems problems) {
    return node instanceof Node.Mapping mapping
        ? Section.open(mapping, keys, path, problems)
        : wrongKind(node, path, problems);
  }

  @Override
  public Section standIn() {
    return Section.absent(keys);
  }

  @Override
  public String allowed() {
    return keys.title() + " with the keys " + String.join(", ", keys.names());
  }

  @Override
  public String show(Section value) {
    return "{}";
  }
}
