package io.fairlead.config.file.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All keys of a section: what is read, what is refused, and what a reference tells all come from
 * here.
 *
 * @param title what the section is, such as "a member"
 * @param later reserved keys that are not supported yet, in the order of their names
 */
public record KeyTable(String title, Map<String, Key<?>> keys, Map<String, Later> later) {
  /**
   * A reserved key.
   *
   * @param insteadOf a required key that may be absent where this one stands; null = none
   */
  public record Later(String name, String meaning, @Nullable Key<?> insteadOf) {}

  public static KeyTable of(String title, Key<?>... keys) {
    var byName = new LinkedHashMap<String, Key<?>>();
    for (Key<?> key : keys) {
      byName.put(key.name(), key);
    }
    return new KeyTable(title, byName, Map.of());
  }

  /** The same table that knows one more reserved key. */
  public KeyTable later(String name, String meaning) {
    return later(new Later(name, meaning, null));
  }

  /** The same table that knows one more reserved key, which makes a required one needless. */
  public KeyTable laterInsteadOf(Key<?> key, String name, String meaning) {
    return later(new Later(name, meaning, key));
  }

  private KeyTable later(Later key) {
    var more = new LinkedHashMap<>(later);
    more.put(key.name(), key);
    return new KeyTable(title, keys, more);
  }

  /** What is supported. */
  public List<String> names() {
    return List.copyOf(keys.keySet());
  }

  /** What is supported or reserved. */
  List<String> allNames() {
    var all = new ArrayList<>(keys.keySet());
    all.addAll(later.keySet());
    return all;
  }
}
