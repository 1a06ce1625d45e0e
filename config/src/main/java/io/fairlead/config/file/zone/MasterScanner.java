package io.fairlead.config.file.zone;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a master file into entries, so that a bad one does not hide the rest. An entry ends with its
 * line, but inside parentheses; quotes and comments are looked through (RFC 1035 section 5.1).
 */
final class MasterScanner {
  /**
   * An entry as it stands.
   *
   * @param line where it begins, from 0
   * @param flaw why it cannot be an entry; empty where nothing is wrong so far
   */
  record RawEntry(String text, int line, String flaw) {}

  private final String text;
  private final List<RawEntry> entries = new ArrayList<>();
  private int at;
  private int line;
  private int parentheses;

  private MasterScanner(String text) {
    this.text = text;
  }

  static List<RawEntry> cut(String text) {
    var scanner = new MasterScanner(text);
    while (scanner.at < text.length()) {
      scanner.entry();
    }
    return scanner.entries;
  }

  private void entry() {
    int start = at;
    int startLine = line;
    String flaw = "";
    parentheses = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (isBreak(c)) {
        line++;
        if (parentheses <= 0) {
          break;
        }
      } else if (c == '\\') {
        at = Math.min(at + 1, text.length());
      } else if (c == ';') {
        skipComment();
      } else if (c == '"' && !skipQuoted()) {
        flaw = "the quoted string is not closed in its line";
        parentheses = 0;
      } else if (c == '(' || c == ')') {
        parentheses += c == '(' ? 1 : -1;
      }
    }
    if (parentheses != 0) {
      flaw = parentheses > 0 ? "a parenthesis is not closed" : "a parenthesis is not opened";
    }
    String entry = text.substring(start, at);
    if (!entry.isBlank()) {
      entries.add(new RawEntry(entry, startLine, flaw));
    }
  }

  private void skipComment() {
    while (at < text.length() && !isBreak(text.charAt(at))) {
      at++;
    }
  }

  /** Whether the quoted string ends before its line does. */
  private boolean skipQuoted() {
    for (; at < text.length() && !isBreak(text.charAt(at)); at++) {
      if (text.charAt(at) == '"') {
        at++;
        return true;
      }
      if (text.charAt(at) == '\\' && at + 1 < text.length() && !isBreak(text.charAt(at + 1))) {
        at++;
      }
    }
    return false;
  }

  /** The breaks that a YAML block keeps; the file's lines are counted by the same. */
  private static boolean isBreak(char c) {
    return c == '\n' || c == 0x2028 || c == 0x2029;
  }
}
