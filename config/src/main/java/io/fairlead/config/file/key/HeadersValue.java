package io.fairlead.config.file.key;

import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.Spot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Headers of a request, {@code name: value}. */
public record HeadersValue() implements Value<Map<String, String>> {
  /** RFC 9110 section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,255}");

  /** Nothing in it can end the line that it stands in. */
  private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]{0,4096}");

  @Override
  public Map<String, String> read(Node node, KeyPath path, Problems problems) {
    if (!(node instanceof Node.Mapping mapping)) {
      return wrongKind(node, path, problems);
    }
    var headers = new LinkedHashMap<String, String>();
    for (Node.Entry entry : mapping.entries()) {
      KeyPath place = path.child(entry.key());
      if (!TOKEN.matcher(entry.key()).matches()) {
        problems.error(
            new Spot(entry.line(), entry.column(), place),
            Quote.of(entry.key()) + " is no name of a header; allowed: " + allowed());
      } else if (entry.value() instanceof Node.Scalar(var text, _, _)
          && VALUE.matcher(text).matches()) {
        headers.put(entry.key(), text);
      } else {
        wrongKind(entry.value(), place, problems);
      }
    }
    return headers;
  }

  @Override
  public Map<String, String> standIn() {
    return Map.of();
  }

  @Override
  public String allowed() {
    return "headers, {name: value}, without line breaks";
  }

  @Override
  public String show(Map<String, String> value) {
    return value.toString();
  }
}
