package io.fairlead.server.migrate;

import java.util.List;
import java.util.stream.Collectors;

/** Texts of a configuration file that is written with comments, which no library writes. */
public final class Yaml {
  private static final int MAX_LABEL = 63;

  private Yaml() {}

  public static String quoted(String text) {
    return '"' + printable(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  public static String list(List<String> texts) {
    return texts.stream().map(Yaml::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** What may stand in a line: a control character would end it, or the file. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cc}", " ");
  }

  /** Somebody's name as one of ours: letters, digits, '-', '_' and '.', the first no sign. */
  public static String label(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[._-]+", "").strip();
    return plain.isEmpty() ? "unnamed" : plain.substring(0, Math.min(plain.length(), MAX_LABEL));
  }
}
