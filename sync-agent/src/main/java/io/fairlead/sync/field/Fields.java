package io.fairlead.sync.field;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree of maps and lists whose shape nobody promised: a field that is absent or of another
 * type than asked is empty. Objects are read this way, not into typed classes, because one odd
 * object in a typed list would lose the whole list.
 */
public final class Fields {
  private Fields() {}

  public static @Nullable Object at(@Nullable Object tree, String... path) {
    Object here = tree;
    for (String key : path) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return here;
  }

  public static List<?> list(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof List<?> list
        ? list.stream().filter(Objects::nonNull).toList()
        : List.of();
  }

  public static @Nullable String text(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof String text && !text.isBlank() ? text.strip() : null;
  }

  /** The texts of a list; other elements are left out. */
  public static List<String> texts(@Nullable Object tree, String... path) {
    return list(tree, path).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  public static @Nullable Integer number(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof Number number ? number.intValue() : null;
  }

  public static @Nullable Boolean flag(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof Boolean flag ? flag : null;
  }
}
