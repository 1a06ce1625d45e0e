package io.fairlead.server.version;

import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.TreeReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What lies between two configurations, in the words of the file: services, pools, members and
 * their keys. Comments, layout and the order of services make no difference.
 */
public final class Difference {
  /** What became of a key or of an item. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One change.
   *
   * @param place where, such as {@code service www.example.com, pool main}; empty at the top
   * @param key the key, or the item such as {@code member 192.0.2.1}
   * @param before as one would write it; empty for what was added
   * @param after empty for what was removed
   */
  public record Change(Kind kind, String place, String key, String before, String after) {}

  /** What tells one item of a list from another, the first that it has. */
  private static final List<String> IDENTITIES =
      List.of("name", "address", "hostname", "path", "context", "cluster");

  private final List<Change> changes = new ArrayList<>();

  private Difference() {}

  /**
   * Compares two files.
   *
   * @throws IllegalArgumentException where one of them is no YAML that we read
   */
  public static List<Change> of(String before, String after) {
    var difference = new Difference();
    difference.compare("", "", tree(before), tree(after));
    return List.copyOf(difference.changes);
  }

  private static Node tree(String text) {
    var problems = new Problems("configuration");
    Node tree = TreeReader.read(new SourceText(text), problems);
    if (tree == null) {
      throw new IllegalArgumentException(problems.errors().getFirst().toString());
    }
    return tree;
  }

  private void compare(String place, String key, Node before, Node after) {
    Map<String, Node> had = items(before);
    Map<String, Node> has = items(after);
    if (before instanceof Node.Mapping a && after instanceof Node.Mapping b) {
      entries(below(place, key), a, b);
    } else if (had != null && has != null) {
      items(place, key, had, has);
    } else if (!flow(before).equals(flow(after))) {
      changes.add(new Change(Kind.CHANGED, place, key, flow(before), flow(after)));
    }
  }

  private void entries(String place, Node.Mapping before, Node.Mapping after) {
    Set<String> keys = new LinkedHashSet<>();
    before.entries().forEach(entry -> keys.add(entry.key()));
    after.entries().forEach(entry -> keys.add(entry.key()));
    for (String key : keys) {
      either(place, key, value(before, key), value(after, key));
    }
  }

  private static @Nullable Node value(Node.Mapping mapping, String key) {
    Node.Entry entry = mapping.find(key);
    return entry == null ? null : entry.value();
  }

  private void either(String place, String key, @Nullable Node before, @Nullable Node after) {
    if (before == null && after != null) {
      changes.add(new Change(Kind.ADDED, place, key, "", flow(after)));
    } else if (after == null && before != null) {
      changes.add(new Change(Kind.REMOVED, place, key, flow(before), ""));
    } else if (before != null && after != null) {
      compare(place, key, before, after);
    }
  }

  private void items(String place, String key, Map<String, Node> before, Map<String, Node> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      either(place, singular(key) + " " + name, before.get(name), after.get(name));
    }
    order(place, key, before.keySet(), after.keySet());
  }

  /** Of members the order may be the preference. */
  private void order(String place, String key, Set<String> before, Set<String> after) {
    var stayed = new ArrayList<>(before);
    stayed.retainAll(after);
    var stays = new ArrayList<>(after);
    stays.retainAll(before);
    if (key.equals("members") && !stayed.equals(stays)) {
      changes.add(
          new Change(
              Kind.CHANGED,
              place,
              "order of " + key,
              String.join(", ", stayed),
              String.join(", ", stays)));
    }
  }

  private static String below(String place, String key) {
    return place.isEmpty() || key.isEmpty() ? place + key : place + ", " + key;
  }

  /** The items of a list by what tells them apart; null where something does not. */
  private static @Nullable Map<String, Node> items(Node list) {
    if (!(list instanceof Node.Sequence(var items, _, _))) {
      return null;
    }
    var named = new LinkedHashMap<String, Node>();
    for (Node item : items) {
      String identity = identity(item);
      if (identity == null || named.put(identity, item) != null) {
        return null;
      }
    }
    return named;
  }

  private static @Nullable String identity(Node item) {
    if (item instanceof Node.Mapping mapping) {
      for (String key : IDENTITIES) {
        if (value(mapping, key) instanceof Node.Scalar(var text, _, _)) {
          return text;
        }
      }
    }
    return null;
  }

  private static String singular(String plural) {
    return plural.endsWith("ies")
        ? plural.substring(0, plural.length() - 3) + "y"
        : plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
  }

  /** A value in one line, as YAML would have it. */
  private static String flow(Node node) {
    return switch (node) {
      case Node.Scalar(var text, _, _) -> text.strip().replaceAll("\\s*\\n\\s*", " | ");
      case Node.Sequence(var items, _, _) ->
          items.stream().map(Difference::flow).collect(Collectors.joining(", ", "[", "]"));
      case Node.Mapping mapping ->
          mapping.entries().stream()
              .map(entry -> entry.key() + ": " + flow(entry.value()))
              .collect(Collectors.joining(", ", "{ ", " }"));
    };
  }
}
