package io.fairlead.config.file.tree;

/**
 * Goes through the characters of a text for {@link PlainReader}, and knows where words, lines and
 * comments end. What may mean anything else than that is given up.
 */
final class PlainText {
  private static final char NEL = '\u0085';
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final RecentStrings strings = new RecentStrings();
  private int at;
  private int line = 1;
  private int lineStart;

  PlainText(String text) {
    this.text = text;
  }

  /** Not for {@link PlainReader}. */
  static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;

    GivenUp() {
      super("", null, false, false);
    }
  }

  /** No line breaks but the common ones, and as many characters as code points. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == NEL
          || c == LINE_SEPARATOR
          || c == PARAGRAPH_SEPARATOR
          || c == BYTE_ORDER_MARK
          || Character.isSurrogate(c)
          || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
        return false;
      }
    }
    return true;
  }

  /** From 1. */
  int line() {
    return line;
  }

  /** From 1. */
  int column() {
    return at - lineStart + 1;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The character here. */
  char here() {
    return text.charAt(at);
  }

  boolean isHere(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Goes one character on, which is no line break. */
  void step() {
    at++;
  }

  void skipSpaces() {
    while (isHere(' ')) {
      at++;
    }
  }

  /** Whether nothing but a comment comes in this line. */
  boolean isAtLineEnd() {
    return isAtEnd() || isBreak(here()) || here() == '#';
  }

  /** To the next character that is no space, no line break, and in no comment. */
  void skipToContent() throws GivenUp {
    refuseMark();
    while (true) {
      skipSpaces();
      if (!isAtLineEnd()) {
        return;
      }
      at = lineEnd();
      if (!nextLine()) {
        return;
      }
    }
  }

  /** To the end of the line, where nothing but spaces or a comment may come before it. */
  void skipLine() throws GivenUp {
    if (isHere('#')) {
      throw new GivenUp(); // A comment has a space before it.
    }
    skipSpaces();
    if (!isAtLineEnd()) {
      throw new GivenUp();
    }
    at = lineEnd();
  }

  /** Where the line ends, without its break. */
  private int lineEnd() {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      return text.length();
    }
    return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** From the end of a line to the begin of the next; false where there is none. */
  boolean nextLine() throws GivenUp {
    if (isHere('\r')) {
      at++;
    }
    if (isAtEnd()) {
      return false;
    }
    at++;
    line++;
    lineStart = at;
    refuseMark();
    return true;
  }

  /** {@code ---}, {@code ...} and {@code %} at the begin of a line are about documents. */
  private void refuseMark() throws GivenUp {
    if (at == lineStart
        && (text.startsWith("---", at) || text.startsWith("...", at) || text.startsWith("%", at))) {
      throw new GivenUp();
    }
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** A dash with nothing right behind it. */
  boolean isItem() {
    return isHere('-') && endsWord(at + 1, false);
  }

  /** Whether the text in this line is a key; it ends with the colon that {@link #word} stops at. */
  boolean isKey(int longest) throws GivenUp {
    if (here() == '{' || here() == '[' || here() == '|') {
      return false;
    }
    int end = isQuote(here()) ? quoteEnd() + 1 : plainEnd(false);
    while (end < text.length() && text.charAt(end) == ' ') {
      end++;
    }
    if (end == text.length() || text.charAt(end) != ':' || !endsWord(end + 1, false)) {
      return false;
    }
    if (end - at > longest) {
      throw new GivenUp();
    }
    return true;
  }

  /** Text in one line, quoted or not. */
  String word(boolean inFlow) throws GivenUp {
    return isQuote(here()) ? quoted() : plain(inFlow);
  }

  private String plain(boolean inFlow) throws GivenUp {
    int end = plainEnd(inFlow);
    String word = strings.same(text, at, end);
    at = end;
    return word;
  }

  /** Where unquoted text ends, without the spaces behind it. */
  private int plainEnd(boolean inFlow) throws GivenUp {
    char first = here();
    boolean dashed = first == '-' && at + 1 < text.length() && isWordly(text.charAt(at + 1));
    if (!dashed && "-?:,[]{}#&*!|>'\"%@`".indexOf(first) >= 0) {
      throw new GivenUp();
    }
    int end = at;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isBreak(c)
          || (c == ':' && endsWord(i + 1, inFlow))
          || (c == '#' && text.charAt(i - 1) == ' ')
          || (inFlow && isFlowIndicator(c))) {
        break;
      }
      if (c == '\t' || (inFlow && c == '?')) {
        throw new GivenUp();
      }
      if (c != ' ') {
        end = i + 1;
      }
    }
    return end;
  }

  private static boolean isWordly(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }

  private static boolean isFlowIndicator(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
  }

  private boolean endsWord(int next, boolean inFlow) {
    if (next == text.length()) {
      return true;
    }
    char c = text.charAt(next);
    return c == ' ' || isBreak(c) || (inFlow && isFlowIndicator(c));
  }

  private String quoted() throws GivenUp {
    int end = quoteEnd();
    char escape = here() == '"' ? '\\' : '\'';
    String word =
        text.indexOf(escape, at + 1, end) < 0
            ? strings.same(text, at + 1, end)
            : unescaped(text.substring(at + 1, end), escape);
    at = end + 1;
    return word;
  }

  private static String unescaped(String quoted, char escape) throws GivenUp {
    var word = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      word.append(c == escape ? meaning(quoted.charAt(++i)) : c);
    }
    return word.toString();
  }

  private static char meaning(char escaped) throws GivenUp {
    return switch (escaped) {
      case '"', '\'', '\\' -> escaped;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw new GivenUp();
    };
  }

  private int quoteEnd() throws GivenUp {
    char quote = here();
    for (int i = at + 1; i < text.length() && !isBreak(text.charAt(i)); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        if (quote == '"' || i + 1 == text.length() || text.charAt(i + 1) != quote) {
          return i;
        }
        i++;
      }
    }
    throw new GivenUp();
  }

  /**
   * The lines below this one as they stand, without what they are indented by; stops at the first
   * that is not further in.
   *
   * @param least columns that they are indented by at least
   * @param chomping what becomes of the line breaks behind the last one
   */
  String literal(int least, char chomping) throws GivenUp {
    var content = new StringBuilder();
    int indent = -1;
    int breaks = 0;
    while (nextLine()) {
      int end = lineEnd();
      int spaces = spaces(end);
      boolean isBlank = at + spaces == end;
      // Before the first line, and further in than it, spaces are more than a blank line.
      if (isBlank && spaces > Math.max(indent, 0)) {
        throw new GivenUp();
      }
      if (!isBlank) {
        if (spaces < (indent < 0 ? least : indent)) {
          break;
        }
        indent = indent < 0 ? spaces : indent;
        content.repeat('\n', breaks).append(text, at + indent, end);
        breaks = 0;
      }
      breaks += end < text.length() ? 1 : 0;
      at = end;
    }
    if (content.isEmpty()) {
      throw new GivenUp();
    }
    int kept =
        switch (chomping) {
          case '-' -> 0;
          case '+' -> breaks;
          default -> Math.min(breaks, 1);
        };
    return content.repeat('\n', kept).toString();
  }

  private int spaces(int end) {
    int i = at;
    while (i < end && text.charAt(i) == ' ') {
      i++;
    }
    return i - at;
  }
}
