package io.fairlead.config.file.key;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Things that a file declares by name, for those that refer to them. */
public final class Catalog<T> {
  private final Declared names;
  private final Map<String, T> things = new HashMap<>();

  /**
   * @param kind what is named, such as "topology"
   */
  public Catalog(String kind) {
    names = new Declared(kind);
  }

  /** Reads a name and makes what it stands for. */
  public void declare(Section section, Key<String> key, Function<String, T> maker) {
    String name = names.declare(section, key);
    things.putIfAbsent(name, maker.apply(name));
  }

  /** What a name stands for; null where the key is absent, or nothing is called so. */
  public @Nullable T find(Section section, Key<String> key) {
    return section.has(key) ? things.get(names.refer(section, key)) : null;
  }

  /** The only thing that is declared; null where there is none, or another. */
  public @Nullable T only() {
    return things.size() == 1 ? things.values().iterator().next() : null;
  }

  /** All by name. */
  public Map<String, T> all() {
    return Map.copyOf(things);
  }

  /** What the names of a list stand for; without those that stand for nothing. */
  public List<T> findAll(Section section, Key<List<String>> key) {
    List<String> found = section.get(key);
    names.referAll(section, key, found);
    return found.stream().map(things::get).filter(Objects::nonNull).toList();
  }
}
