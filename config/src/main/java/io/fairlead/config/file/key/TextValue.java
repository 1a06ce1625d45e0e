package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import java.util.function.Function;

/**
 * A value that is written as one piece of text: a number, a name, an address, a duration.
 *
 * @param parser throws IllegalArgumentException that says what is wrong with the text
 */
public record TextValue<T>(
    String allowed, T standIn, Function<String, T> parser, Function<T, String> printer)
    implements Value<T> {
  public TextValue(String allowed, T standIn, Function<String, T> parser) {
    this(allowed, standIn, parser, String::valueOf);
  }

  /** The same, with advice for a text that one would try and that is wrong. */
  public TextValue<T> advising(String text, String advice) {
    return new TextValue<>(
        allowed,
        standIn,
        found -> {
          if (found.equals(text)) {
            throw new IllegalArgumentException(text + " is not allowed (" + advice + ")");
          }
          return parser.apply(found);
        },
        printer);
  }

  @Override
  public T read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof Node.Scalar(var text, _, _)) || text.isEmpty()) {
      return wrongKind(node, path, problems);
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problems.error(Spot.of(node, path), e.getMessage() + "; allowed: " + allowed);
      return standIn;
    }
  }

  @Override
  public String show(T value) {
    return printer.apply(value);
  }
}
