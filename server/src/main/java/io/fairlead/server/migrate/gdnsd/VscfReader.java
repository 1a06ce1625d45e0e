package io.fairlead.server.migrate.gdnsd;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads gdnsd's configuration language, as the end of gdnsd.config(5) describes it, with the files
 * that it includes.
 */
final class VscfReader {
  /** Files within files; deeper, one includes itself. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_OCTET = 255;
  private static final String INCLUDE = "$include{";

  private final Path file;
  private final String text;
  private final int depth;
  private int at;

  private VscfReader(Path file, int depth) throws IOException {
    this.file = file;
    this.text = Files.readString(file);
    this.depth = depth;
  }

  /**
   * The hash that a file is.
   *
   * @throws IllegalArgumentException says where the file is not of that language
   */
  static Vscf.Hash read(Path file) throws IOException {
    var reader = new VscfReader(file, 0);
    if (reader.whole() instanceof Vscf.Hash hash) {
      return hash;
    }
    throw reader.wrong("an array, where the keys options, service_types and plugins belong");
  }

  private Vscf whole() throws IOException {
    skipBlank();
    if (peek() == '[') {
      at++;
      return array();
    }
    return hash('\0');
  }

  private Vscf.Hash hash(char end) throws IOException {
    SequencedMap<String, Vscf> values = new LinkedHashMap<>();
    for (skipBlank(); peek() != end; skipBlank()) {
      if (text.startsWith(INCLUDE, at)) {
        merge(values, included());
      } else {
        String key = word();
        assignment();
        if (values.putIfAbsent(key, value()) != null) {
          throw wrong("the key " + key + " stands there twice");
        }
      }
      skipComma();
    }
    at++;
    return new Vscf.Hash(values);
  }

  private void merge(SequencedMap<String, Vscf> values, List<Vscf> included) {
    for (Vscf one : included) {
      if (!(one instanceof Vscf.Hash(var theirs))) {
        throw wrong("what is included among keys must have keys itself");
      }
      values.putAll(theirs);
    }
  }

  private void assignment() {
    skipBlank();
    if (peek() != '=') {
      throw wrong("=> belongs behind a key");
    }
    at++;
    if (peek() == '>') {
      at++;
    }
  }

  private Vscf value() throws IOException {
    skipBlank();
    if (text.startsWith(INCLUDE, at)) {
      List<Vscf> included = included();
      if (included.size() != 1) {
        throw wrong("what is included as a value must be one file");
      }
      return included.getFirst();
    }
    return switch (peek()) {
      case '{' -> {
        at++;
        yield hash('}');
      }
      case '[' -> {
        at++;
        yield array();
      }
      default -> new Vscf.Scalar(word());
    };
  }

  private Vscf.Array array() throws IOException {
    List<Vscf> items = new ArrayList<>();
    for (skipBlank(); peek() != ']'; skipBlank()) {
      items.add(value());
      skipComma();
    }
    at++;
    return new Vscf.Array(items);
  }

  /** {@code $include{dir/*}}: each file in the order of its name. */
  private List<Vscf> included() throws IOException {
    at += INCLUDE.length();
    skipBlank();
    String name = word();
    skipBlank();
    if (peek() != '}' || depth == MAX_DEPTH) {
      throw wrong(depth == MAX_DEPTH ? "files include one another" : "$include{ wants a }");
    }
    at++;
    Path target = file.resolveSibling(name);
    List<Vscf> read = new ArrayList<>();
    for (Path one : Files.isDirectory(target) ? below(target, "*") : named(target)) {
      read.add(new VscfReader(one, depth + 1).whole());
    }
    return read;
  }

  private List<Path> named(Path target) throws IOException {
    if (Files.exists(target)) {
      return List.of(target);
    }
    Path folder = target.getParent();
    List<Path> found =
        folder != null && Files.isDirectory(folder)
            ? below(folder, String.valueOf(target.getFileName()))
            : List.of();
    if (found.isEmpty()) {
      throw wrong("the included file " + target + " does not exist");
    }
    return found;
  }

  private static List<Path> below(Path folder, String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder, glob)) {
      listed.forEach(files::add);
    }
    files.removeIf(file -> !Files.isRegularFile(file));
    files.sort(null);
    return files;
  }

  /** A text, quoted or not, with the escapes of master files. */
  private String word() {
    var word = new StringBuilder();
    boolean quoted = peek() == '"';
    at += quoted ? 1 : 0;
    int start = at;
    while (at < text.length() && (quoted ? peek() != '"' : isPlain(peek()))) {
      char c = text.charAt(at++);
      word.append(c == '\\' ? escaped() : c);
    }
    if (quoted) {
      if (at == text.length()) {
        throw wrong("a quoted text is not closed");
      }
      at++;
    } else if (at == start) {
      throw wrong(
          at == text.length() ? "the file ends too early" : "\"" + peek() + "\" belongs elsewhere");
    }
    return word.toString();
  }

  private char escaped() {
    if (at == text.length()) {
      throw wrong("the file ends with a backslash");
    }
    char c = text.charAt(at++);
    if (c < '0' || c > '9') {
      return c;
    }
    int end = Math.min(at + 2, text.length());
    String digits = c + text.substring(at, end);
    at = end;
    if (!digits.matches("[0-9]{3}") || Integer.parseInt(digits) > MAX_OCTET) {
      throw wrong("\"\\" + digits + "\" is no octet");
    }
    return (char) Integer.parseInt(digits);
  }

  private static boolean isPlain(char c) {
    return c > ' ' && "][}{;#,\"=".indexOf(c) < 0;
  }

  private void skipComma() {
    skipBlank();
    if (peek() == ',') {
      at++;
    }
  }

  private void skipBlank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#' || c == ';') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c > ' ') {
        return;
      } else {
        at++;
      }
    }
  }

  /** The next character; the end of the file is NUL, which ends a file's own hash. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private IllegalArgumentException wrong(String what) {
    long line =
        1 + text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
    return new IllegalArgumentException(file + ":" + line + ": " + what);
  }
}
