package io.fairlead.config.file.tree;

/** Where a problem is shown. */
public record Spot(int line, int column, KeyPath path) {
  /** The whole file. */
  public static final Spot FILE = new Spot(0, 0, KeyPath.ROOT);

  public static Spot of(Node node, KeyPath path) {
    return new Spot(node.line(), node.column(), path);
  }
}
