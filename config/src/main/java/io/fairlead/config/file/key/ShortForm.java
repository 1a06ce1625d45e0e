package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import java.util.function.Function;

/**
 * A section that most people need one key of, and may write as that key's value.
 *
 * @param text the short form
 * @param reader makes the value of the long form
 */
public record ShortForm<T>(TextValue<T> text, SectionValue section, Function<Section, T> reader)
    implements Value<T> {
  @Override
  public T read(Node node, KeyPath path, Problems problems) {
    return node instanceof Node.Mapping
        ? reader.apply(section.read(node, path, problems))
        : node instanceof Node.Scalar scalar && !scalar.text().isEmpty()
            ? text.read(node, path, problems)
            : wrongKind(node, path, problems);
  }

  @Override
  public T standIn() {
    return text.standIn();
  }

  @Override
  public String allowed() {
    return text.allowed() + ", or " + section.allowed();
  }

  @Override
  public String show(T value) {
    return text.show(value);
  }
}
