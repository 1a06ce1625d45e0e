package io.fairlead.config.file.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All keys of a section: what is read, what is refused, and what a reference tells all come from
 * here.
 *
 * @param title what the section is, such as "a member"
 * @param later reserved keys that are not supported yet, and what each is for
 */
public record KeyTable(String title, Map<String, Key<?>> keys, Map<String, String> later) {
  public static KeyTable of(String title, Key<?>... keys) {
    var byName = new LinkedHashMap<String, Key<?>>();
    for (Key<?> key : keys) {
      byName.put(key.name(), key);
    }
    return new KeyTable(title, byName, Map.of());
  }

  /** The same table that knows one more reserved key. */
  public KeyTable later(String name, String meaning) {
    var more = new LinkedHashMap<>(later);
    more.put(name, meaning);
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
