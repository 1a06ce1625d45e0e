package io.fairlead.server.explain;

import java.io.Console;
import java.util.Optional;

/** Colours for a terminal, or none. */
public enum Ink {
  PLAIN,
  COLOURED;

  /** Coloured where standard output is a terminal and NO_COLOR is not set (no-color.org). */
  public static Ink forStandardOutput() {
    return onTerminal() && System.getenv("NO_COLOR") == null ? COLOURED : PLAIN;
  }

  /** Whether a person sits at this process. */
  public static boolean onTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  public String bold(String text) {
    return paint("1", text);
  }

  public String good(String text) {
    return paint("32", text);
  }

  public String warn(String text) {
    return paint("33", text);
  }

  public String bad(String text) {
    return paint("31", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return this == COLOURED ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
