package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Kubernetes labels, {@code name: value}. */
public record LabelsValue() implements Value<Map<String, String>> {
  /**
   * "Labels and Selectors", syntax and character set: an optional DNS prefix, a name of 1 to 63.
   */
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");

  @Override
  public Map<String, String> read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof Node.Mapping mapping)) {
      return wrongKind(node, path, problems);
    }
    var labels = new LinkedHashMap<String, String>();
    for (Node.Entry entry : mapping.entries()) {
      KeyPath place = path.child(entry.key());
      if (!NAME.matcher(entry.key()).matches()) {
        problems.error(
            new Spot(entry.line(), entry.column(), place),
            Quote.of(entry.key()) + " is no name of a label; allowed: " + allowed());
      }
      if (entry.value() instanceof Node.Scalar(var text, _, _) && VALUE.matcher(text).matches()) {
        labels.put(entry.key(), text);
      } else {
        wrongKind(entry.value(), place, problems);
      }
    }
    return labels;
  }

  @Override
  public Map<String, String> standIn() {
    return Map.of();
  }

  @Override
  public String allowed() {
    return "labels as Kubernetes writes them, {name: value}, of 63 letters, digits, '-', '_' and"
        + " '.' at most";
  }

  @Override
  public String show(Map<String, String> value) {
    return value.toString();
  }
}
