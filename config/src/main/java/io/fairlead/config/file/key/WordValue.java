package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * One of a few words.
 *
 * @param words what each stands for, in the order in which they are told
 * @param later words that are reserved and not supported yet
 */
public record WordValue<T>(SequencedMap<String, T> words, SequencedSet<String> later)
    implements Value<T> {
  public static <T> WordValue<T> of(String word, T meaning) {
    var words = new LinkedHashMap<String, T>();
    words.put(word, meaning);
    return new WordValue<>(words, new LinkedHashSet<>());
  }

  public WordValue<T> or(String word, T meaning) {
    var more = new LinkedHashMap<>(words);
    more.put(word, meaning);
    return new WordValue<>(more, later);
  }

  public WordValue<T> later(String... reserved) {
    return new WordValue<>(words, new LinkedHashSet<>(List.of(reserved)));
  }

  @Override
  public T read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof Node.Scalar(var text, _, _)) || text.isEmpty()) {
      return wrongKind(node, path, problems);
    }
    T meaning = words.get(text);
    if (meaning != null) {
      return meaning;
    }
    String reason =
        later.contains(text)
            ? " is not supported yet"
            : " is unknown" + Suggestion.of(text, words.keySet());
    problems.error(Spot.of(node, path), Quote.of(text) + reason + "; allowed: " + allowed());
    return standIn();
  }

  @Override
  public T standIn() {
    return words.firstEntry().getValue();
  }

  @Override
  public String allowed() {
    return String.join(", ", words.keySet());
  }

  @Override
  public String show(T value) {
    return words.entrySet().stream()
        .filter(word -> word.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
