package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the file seen through its table of keys. It reports unknown, reserved and missing
 * keys when it is opened, and a wrong value when that is read, so each is read once; reading always
 * goes on.
 */
public final class Section {
  private final Node.Mapping mapping;
  private final KeyTable keys;
  private final KeyPath path;
  private final Problems problems;
  private @Nullable Set<String> unsound;

  private Section(Node.Mapping mapping, KeyTable keys, KeyPath path, Problems problems) {
    this.mapping = mapping;
    this.keys = keys;
    this.path = path;
    this.problems = problems;
  }

  /** Opens a mapping and says which keys should not be there, and which should. */
  public static Section open(Node.Mapping mapping, KeyTable keys, KeyPath path, Problems problems) {
    var section = new Section(mapping, keys, path, problems);
    for (Node.Entry entry : mapping.entries()) {
      section.refuseStranger(entry);
    }
    for (Key<?> key : keys.keys().values()) {
      section.demand(key);
    }
    return section;
  }

  /**
   * A section that is not in the file: each key has its default or stand-in, and nobody is told.
   */
  static Section absent(KeyTable keys) {
    var nothing = new Node.Mapping(List.of(), 0, 0);
    return open(nothing, keys, KeyPath.ROOT, new Problems("nowhere"));
  }

  private void refuseStranger(Node.Entry entry) {
    String name = entry.key();
    if (keys.keys().containsKey(name)) {
      return;
    }
    Spot spot = new Spot(entry.line(), entry.column(), path.child(name));
    String later = keys.later().get(name);
    if (later != null) {
      problems.error(spot, "not supported yet; reserved for " + later + "; leave the key out");
      return;
    }
    problems.error(
        spot,
        "unknown key%s; allowed in %s: %s"
            .formatted(
                Suggestion.of(name, keys.allNames()),
                keys.title(),
                String.join(", ", keys.names())));
  }

  private void demand(Key<?> key) {
    if (!key.required() || has(key)) {
      return;
    }
    markUnsound(key);
    problems.error(
        Spot.of(mapping, path.child(key.name())),
        "the key is missing in " + keys.title() + "; allowed: " + key.value().allowed());
  }

  public boolean has(Key<?> key) {
    return mapping.find(key.name()) != null;
  }

  /** The value; its default where the key is absent; its stand-in where it is wrong. */
  public <T> T get(Key<T> key) {
    T value = find(key);
    if (value != null) {
      return value;
    }
    return key.fallback() != null ? key.fallback() : key.value().standIn();
  }

  /** The value; null where the key is absent; its stand-in where it is wrong. */
  public <T> @Nullable T find(Key<T> key) {
    Node.Entry entry = mapping.find(key.name());
    if (entry == null) {
      return null;
    }
    int before = problems.errorCount();
    T value = key.value().read(entry.value(), path.child(key.name()), problems);
    if (problems.errorCount() != before) {
      markUnsound(key);
    }
    return value;
  }

  /** Whether these have been read well, so that they can be compared with others. */
  public boolean isSound(Key<?>... asked) {
    if (unsound != null) {
      for (Key<?> key : asked) {
        if (unsound.contains(key.name())) {
          return false;
        }
      }
    }
    return true;
  }

  private void markUnsound(Key<?> key) {
    if (unsound == null) {
      unsound = new HashSet<>();
    }
    unsound.add(key.name());
  }

  /** Says that a key has no place beside what else stands here. */
  public void refuse(Key<?> key, String owner) {
    if (has(key)) {
      error(key, "only " + owner + " has this key; leave it out");
    }
  }

  /** Says that a value cannot be, for a reason beyond its own text. */
  public void error(Key<?> key, String reason) {
    markUnsound(key);
    problems.error(spot(key), reason);
  }

  /** The same of one item of a list. */
  public void error(Key<?> key, int item, String reason) {
    markUnsound(key);
    problems.error(spot(key, item), reason);
  }

  public void warning(Key<?> key, String reason) {
    problems.warning(spot(key), reason);
  }

  /** Where the value of a key stands; the section where the key is absent. */
  public Spot spot(Key<?> key) {
    return Spot.of(node(key), path.child(key.name()));
  }

  /** Where an item of a list stands. */
  public Spot spot(Key<?> key, int item) {
    KeyPath list = path.child(key.name());
    return node(key) instanceof Node.Sequence(var items, _, _)
        ? Spot.of(items.get(item), list.item(item))
        : spot(key);
  }

  /** The value as it stands; the section itself where the key is absent. */
  public Node node(Key<?> key) {
    Node.Entry entry = mapping.find(key.name());
    return entry != null ? entry.value() : mapping;
  }
}
