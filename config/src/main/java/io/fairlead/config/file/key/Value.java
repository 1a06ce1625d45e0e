package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;

/** What may stand at a key: how it is read, and how people and schemas are told of it. */
public sealed interface Value<T>
    permits TextValue,
        WordValue,
        ListValue,
        OneOrMore,
        LabelsValue,
        HeadersValue,
        ShortForm,
        SectionValue {
  /** What is read; where it is wrong, {@code problems} says so and the stand-in is returned. */
  T read(Node node, KeyPath path, Problems problems);

  /**
   * Takes the place of a value that is wrong, so that all the rest is looked at in the same run.
   */
  T standIn();

  /** What is allowed, as in "allowed: a whole number from 1 to 20". */
  String allowed();

  /** A value as one would write it in the file. */
  default String show(T value) {
    return String.valueOf(value);
  }

  /** Says that a node is of the wrong kind altogether. */
  default T wrongKind(Node node, KeyPath path, Problems problems) {
    String found =
        switch (node) {
          case Node.Mapping _ -> "a mapping (key: value) stands here";
          case Node.Sequence _ -> "a list stands here";
          case Node.Scalar scalar when scalar.text().isEmpty() -> "nothing stands here";
          case Node.Scalar scalar -> Quote.of(scalar.text()) + " stands here";
        };
    problems.error(Spot.of(node, path), found + "; allowed: " + allowed());
    return standIn();
  }
}
