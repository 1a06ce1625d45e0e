package io.fairlead.config.file.zone;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a master file into entries, so that a bad one does not hide the rest. An entry ends with its
 * line, but inside parentheses; quotes and comments are looked through (RFC 1035 section 5.1). No
 * more than one entry is held at a time.
 */
final class MasterScanner {
  /** RDATA is at most 65,535 octets, and an octet at most the four characters of {@code \DDD}. */
  static final int MAX_ENTRY = 512 << 10;

  /**
   * An entry as it stands.
   *
   * @param line where it begins, from 0
   * @param flaw why it cannot be an entry; empty where nothing is wrong so far
   */
  record RawEntry(String text, int line, String flaw) {}

  private static final int END = -1;
  private static final int NOTHING_PUT_BACK = -2;

  private final Reader reader;
  private final StringBuilder entry = new StringBuilder();
  private int putBack = NOTHING_PUT_BACK;
  private int line;
  private boolean tooLong;

  /**
   * @param reader read to its end and not closed; the caller buffers it
   */
  MasterScanner(Reader reader) {
    this.reader = reader;
  }

  /** The next entry, blank ones left out; null at the end. */
  @Nullable RawEntry next() throws IOException {
    while (true) {
      int c = read();
      if (c == END) {
        return null;
      }
      putBack = c;
      RawEntry found = entry();
      if (!found.text().isBlank()) {
        return found;
      }
    }
  }

  private RawEntry entry() throws IOException {
    int startLine = line;
    int parentheses = 0;
    String flaw = "";
    entry.setLength(0);
    tooLong = false;
    for (int c = read(); c != END; c = read()) {
      take(c);
      if (isBreak(c)) {
        line++;
        if (parentheses <= 0) {
          break;
        }
      } else if (c == '\\') {
        takeEscaped();
      } else if (c == ';') {
        takeComment();
      } else if (c == '"' && !takeQuoted()) {
        flaw = "the quoted string is not closed in its line";
        parentheses = 0;
      } else if (c == '(' || c == ')') {
        parentheses += c == '(' ? 1 : -1;
      }
    }
    if (parentheses != 0) {
      flaw = parentheses > 0 ? "a parenthesis is not closed" : "a parenthesis is not opened";
    }
    if (tooLong) {
      flaw = "the entry is longer than " + MAX_ENTRY + " characters, more than a record can need";
    }
    return new RawEntry(entry.toString(), startLine, flaw);
  }

  private void takeEscaped() throws IOException {
    int c = read();
    if (c != END) {
      take(c);
      line += isBreak(c) ? 1 : 0;
    }
  }

  private void takeComment() throws IOException {
    int c = read();
    for (; c != END && !isBreak(c); c = read()) {
      take(c);
    }
    putBack = c;
  }

  /** Whether the quoted string ends before its line does. */
  private boolean takeQuoted() throws IOException {
    boolean escaped = false;
    int c = read();
    for (; c != END && !isBreak(c); c = read()) {
      take(c);
      if (c == '"' && !escaped) {
        return true;
      }
      escaped = c == '\\' && !escaped;
    }
    putBack = c;
    return false;
  }

  private void take(int c) {
    if (entry.length() < MAX_ENTRY) {
      entry.append((char) c);
    } else {
      tooLong = true;
    }
  }

  /** Carriage returns become line feeds, or vanish in front of one. */
  private int read() throws IOException {
    int c = putBack;
    putBack = NOTHING_PUT_BACK;
    if (c == NOTHING_PUT_BACK) {
      c = reader.read();
    }
    if (c == '\r') {
      int next = reader.read();
      if (next != '\n') {
        putBack = next;
      }
      return '\n';
    }
    return c;
  }

  /** The breaks that a YAML block keeps; the file's lines are counted by the same. */
  private static boolean isBreak(int c) {
    return c == '\n' || c == 0x2028 || c == 0x2029;
  }
}
