package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.Spot;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names of one kind that a file declares, and what refers to them. */
public final class Declared {
  private final String kind;
  private final Map<String, Spot> spots = new LinkedHashMap<>();
  private boolean complete = true;

  /**
   * @param kind what is named, such as "site"
   */
  public Declared(String kind) {
    this.kind = kind;
  }

  /** Reads a name and says where it is the second of its kind. */
  public String declare(Section section, Key<String> key) {
    String name = section.get(key);
    if (!section.isSound(key)) {
      complete = false;
      return name;
    }
    Spot earlier = spots.putIfAbsent(name, section.spot(key));
    if (earlier != null) {
      section.error(
          key,
          "%s is the name of another %s already, in line %d; each name is used once"
              .formatted(Quote.of(name), kind, earlier.line()));
    }
    return name;
  }

  /** Reads a name and says where nothing is called so. */
  public String refer(Section section, Key<String> key) {
    String name = section.get(key);
    if (section.isSound(key) && isUnknown(name)) {
      section.error(key, unknown(name));
    }
    return name;
  }

  /** Looks at each name of a list that has been read. */
  public void referAll(Section section, Key<?> key, Iterable<String> names) {
    int item = 0;
    for (String name : names) {
      if (!name.isEmpty() && isUnknown(name)) {
        section.error(key, item, unknown(name));
      }
      item++;
    }
  }

  /** Where a declaration could not be read, it may be the one that is meant. */
  private boolean isUnknown(String name) {
    return complete && !spots.containsKey(name);
  }

  private String unknown(String name) {
    return "no %s is called %s%s; declared: %s"
        .formatted(
            kind,
            Quote.of(name),
            Suggestion.of(name, spots.keySet()),
            Suggestion.list(spots.keySet()));
  }
}
