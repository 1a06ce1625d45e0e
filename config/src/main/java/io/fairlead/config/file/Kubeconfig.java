package io.fairlead.config.file;

import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.TreeReader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** As much of a kubeconfig as is needed to find a misspelt context early. */
sealed interface Kubeconfig {
  record Contexts(SequencedSet<String> names) implements Kubeconfig {}

  /** It may be mounted later, so this is no error. */
  record Unreadable(String reason) implements Kubeconfig {}

  static Kubeconfig read(Path path) {
    var problems = new Problems(path.toString());
    SourceText source = SourceText.read(path, problems);
    Node root = source == null ? null : TreeReader.read(source, problems);
    if (root == null || problems.errorCount() > 0) {
      return new Unreadable(problems.errors().getFirst().toString());
    }
    var names = new LinkedHashSet<String>();
    if (child(root, "contexts") instanceof Node.Sequence(var contexts, _, _)) {
      for (Node context : contexts) {
        if (child(context, "name") instanceof Node.Scalar(var name, _, _)) {
          names.add(name);
        }
      }
    }
    return new Contexts(names);
  }

  private static @Nullable Node child(Node node, String key) {
    Node.Entry entry = node instanceof Node.Mapping mapping ? mapping.find(key) : null;
    return entry == null ? null : entry.value();
  }
}
