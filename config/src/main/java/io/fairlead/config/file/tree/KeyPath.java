package io.fairlead.config.file.tree;

import org.jspecify.annotations.Nullable;

/** The way from the top of the file to a key, such as {@code services[0].pools[1].priority}. */
public final class KeyPath {
  public static final KeyPath ROOT = new KeyPath(null, "", -1);

  private final @Nullable KeyPath parent;
  private final String key;
  private final int index;

  private KeyPath(@Nullable KeyPath parent, String key, int index) {
    this.parent = parent;
    this.key = key;
    this.index = index;
  }

  public KeyPath child(String childKey) {
    return new KeyPath(this, childKey, -1);
  }

  public KeyPath item(int itemIndex) {
    return new KeyPath(this, "", itemIndex);
  }

  /** Text is made only here: of a hundred thousand paths walked, few are ever shown. */
  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    String before = parent.toString();
    if (index >= 0) {
      return before + "[" + index + "]";
    }
    return before.isEmpty() ? key : before + "." + key;
  }
}
