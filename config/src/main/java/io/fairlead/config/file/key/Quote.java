package io.fairlead.config.file.key;

/** Shows a piece of the file in a sentence. */
final class Quote {
  /** A whole certificate pasted into a port must not hide what is said of it. */
  private static final int LONGEST = 80;

  private Quote() {}

  static String of(String text) {
    var shown = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return shown.append(text.length() > LONGEST ? "…\"" : "\"").toString();
  }
}
