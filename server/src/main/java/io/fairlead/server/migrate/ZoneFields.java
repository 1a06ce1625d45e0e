package io.fairlead.server.migrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a master file into entries and fields: quotes, parentheses and comments are looked through.
 */
final class ZoneFields {
  /**
   * @param line from 1
   * @param indented whether it begins with a space, so that the owner is that of the entry before
   * @param fields at least one; quoted ones with their quotes
   */
  record RawEntry(int line, boolean indented, List<String> fields) {}

  private final String text;
  private final Path file;
  private final List<RawEntry> entries = new ArrayList<>();
  private List<String> fields = new ArrayList<>();
  private int at;
  private int line = 1;
  private int start = 1;
  private boolean indented;

  ZoneFields(String text, Path file) {
    this.text = text;
    this.file = file;
  }

  List<RawEntry> entries() {
    int open = 0;
    indented = startsIndented();
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '\n' -> {
          at++;
          line++;
          if (open == 0) {
            end();
          }
        }
        case ';' -> at = endOfLine();
        case '(', ')' -> {
          open += c == '(' ? 1 : -1;
          at++;
        }
        default -> {
          if (c <= ' ') {
            at++;
          } else {
            fields.add(field());
          }
        }
      }
    }
    if (open != 0) {
      throw new IllegalArgumentException(file + ":" + start + ": a parenthesis has no partner");
    }
    end();
    return entries;
  }

  private void end() {
    if (!fields.isEmpty()) {
      entries.add(new RawEntry(start, indented, fields));
      fields = new ArrayList<>();
    }
    start = line;
    indented = startsIndented();
  }

  private boolean startsIndented() {
    return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private String field() {
    int from = at;
    boolean quoted = text.charAt(at) == '"';
    at += quoted ? 1 : 0;
    while (at < text.length() && isInside(text.charAt(at), quoted)) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, text.length());
    if (quoted) {
      if (at == text.length() || text.charAt(at) != '"') {
        throw new IllegalArgumentException(file + ":" + line + ": a quoted text is not closed");
      }
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isInside(char c, boolean quoted) {
    return quoted ? c != '"' && c != '\n' : c > ' ' && "();\"".indexOf(c) < 0;
  }
}
