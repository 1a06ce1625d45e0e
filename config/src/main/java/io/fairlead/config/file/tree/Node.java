package io.fairlead.config.file.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of the file with the line and the column where it begins, both from 1. */
public sealed interface Node {
  int line();

  int column();

  /** Keys and their values in the file's order; no key twice. */
  record Mapping(List<Entry> entries, int line, int column) implements Node {
    /** null = the key is not there. */
    public @Nullable Entry find(String key) {
      for (Entry entry : entries) {
        if (entry.key.equals(key)) {
          return entry;
        }
      }
      return null;
    }
  }

  record Sequence(List<Node> items, int line, int column) implements Node {}

  /**
   * Text as it stands in the file. It has no type of its own: the key decides whether {@code no} is
   * a country and {@code 1.10} a version.
   *
   * @param text empty where nothing stands, or a YAML null
   */
  record Scalar(String text, int line, int column) implements Node {}

  /** A key with its own place, and its value. */
  record Entry(String key, int line, int column, Node value) {}
}
