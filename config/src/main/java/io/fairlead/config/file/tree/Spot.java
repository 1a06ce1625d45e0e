package io.fairlead.config.file.tree;

import org.jspecify.annotations.Nullable;

/**
 * Where a problem is shown.
 *
 * @param file another file than the one that the problems are about; null = that one
 */
public record Spot(@Nullable String file, int line, int column, KeyPath path) {
  /** The whole file. */
  public static final Spot FILE = new Spot(0, 0, KeyPath.ROOT);

  public Spot(int line, int column, KeyPath path) {
    this(null, line, column, path);
  }

  /** An entry of another file, which begins in a line. */
  public static Spot in(String file, int line) {
    return new Spot(file, line, 1, KeyPath.ROOT);
  }

  public static Spot of(Node node, KeyPath path) {
    return new Spot(node.line(), node.column(), path);
  }
}
