package io.fairlead.server.migrate;

import java.util.LinkedHashSet;
import java.util.Set;

/** What an importer has to say of its work, each thing once. */
public final class Notes {
  private final Set<String> todo = new LinkedHashSet<>();
  private final Set<String> lost = new LinkedHashSet<>();

  /** Something that only the operator can say. */
  public void todo(String what) {
    todo.add(what);
  }

  /** Something that is not the same here, or not there. */
  public void lost(String what) {
    lost.add(what);
  }

  /** As comments for the head of a file. */
  public String comments() {
    var text = new StringBuilder();
    add(text, "To do", todo);
    add(text, "Not the same here, or left out", lost);
    return text.toString();
  }

  private static void add(StringBuilder text, String title, Set<String> what) {
    if (!what.isEmpty()) {
      text.append("#\n# ").append(title).append(":\n");
      what.forEach(one -> text.append("# - ").append(Yaml.printable(one)).append('\n'));
    }
  }
}
