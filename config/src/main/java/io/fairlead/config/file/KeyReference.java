package io.fairlead.config.file;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.ShortForm;
import io.fairlead.config.file.key.Value;
import org.jspecify.annotations.Nullable;

/** Every key as Markdown, made of the tables that read it. */
public final class KeyReference {
  private final StringBuilder text = new StringBuilder();

  private KeyReference() {}

  public static String markdown() {
    var reference = new KeyReference();
    reference.text.append("# Reference of every key\n\nMade of the tables that read the file.\n");
    reference.section("The top", ConfigSection.KEYS, "");
    return reference.text.toString();
  }

  private void section(String heading, KeyTable table, String path) {
    text.append("\n## %s\n\n".formatted(heading));
    text.append("| key | is | allowed | default |\n|---|---|---|---|\n");
    for (Key<?> key : table.keys().values()) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  path + key.name(),
                  cell(key.meaning()),
                  cell(below(key.value()) == null ? key.value().allowed() : "see below"),
                  key.required() ? "**required**" : cell(key.otherwise())));
    }
    table
        .later()
        .forEach(
            (name, meaning) ->
                text.append(
                    "| `%s` | %s | reserved, not supported yet | |\n"
                        .formatted(path + name, cell(meaning))));
    for (Key<?> key : table.keys().values()) {
      KeyTable below = below(key.value());
      if (below != null) {
        String here = path + key.name() + (key.value() instanceof SectionValue ? "" : "[]");
        section("`" + here + "`", below, here + ".");
      }
    }
  }

  private static @Nullable KeyTable below(Value<?> value) {
    return switch (value) {
      case SectionValue(var table) -> table;
      case ListValue<?>(SectionValue(var table), _) -> table;
      case ListValue<?>(ShortForm<?>(_, SectionValue(var table), _), _) -> table;
      default -> null;
    };
  }

  private static String cell(String words) {
    return words.replace("|", "\\|").replace("*", "\\*");
  }
}
