package io.fairlead.config.file.tree;

import io.fairlead.config.file.tree.PlainText.GivenUp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the YAML that configurations are written in: block and flow mappings and lists, text in one
 * line, plain or quoted, literal blocks, and comments. It takes about a third of the time of a
 * whole YAML parser.
 *
 * <p>Whatever else it meets, wrong or merely rare, it gives up: {@link TreeReader} then reads the
 * text with the whole parser, and finds the words for what is wrong. What both can read, they read
 * alike.
 */
final class PlainReader {
  /** The whole parser takes no key of more than 1,024 characters. */
  private static final int LONGEST_KEY = 1000;

  /** From here on a set is asked whether a key stands there twice. */
  private static final int MANY_KEYS = 16;

  private final PlainText text;
  private int depth;
  private int valueCount;

  private PlainReader(String text) {
    this.text = new PlainText(text);
  }

  /** The tree; null where this reader does not know for sure what the text says. */
  static @Nullable Node read(String text) {
    if (!PlainText.isPlain(text)) {
      return null;
    }
    try {
      return new PlainReader(text).document();
    } catch (GivenUp _) {
      return null;
    }
  }

  private Node document() throws GivenUp {
    text.skipToContent();
    if (text.isAtEnd()) {
      throw new GivenUp();
    }
    Node root = block(0);
    if (!text.isAtEnd()) {
      throw new GivenUp();
    }
    return root;
  }

  /** A mapping, a list or a text that begins here, in a column beyond its parent's. */
  private Node block(int parent) throws GivenUp {
    if (text.column() <= parent) {
      throw new GivenUp();
    }
    if (text.isItem()) {
      return sequence();
    }
    return text.isKey(LONGEST_KEY) ? mapping() : inline(parent);
  }

  private Node.Mapping mapping() throws GivenUp {
    enter();
    int line = text.line();
    int column = text.column();
    var keys = new Keys();
    while (!text.isAtEnd() && text.column() == column) {
      if (text.isItem() || !text.isKey(LONGEST_KEY)) {
        throw new GivenUp();
      }
      int keyLine = text.line();
      String key = text.word(false);
      text.skipSpaces();
      text.step(); // over the colon
      keys.add(key, keyLine, column, valueOfKey(column));
    }
    leave(column);
    return new Node.Mapping(keys.entries(), line, column);
  }

  /** What stands after a colon: in the same line, or below. */
  private Node valueOfKey(int column) throws GivenUp {
    int line = text.line();
    int behindColon = text.column();
    text.skipSpaces();
    if (!text.isAtLineEnd()) {
      return inline(column);
    }
    text.skipToContent();
    if (!text.isAtEnd() && text.column() == column && text.isItem()) {
      return sequence(); // A list need not be further in than its key.
    }
    return belowOrNothing(column, line, behindColon);
  }

  private Node belowOrNothing(int parent, int line, int column) throws GivenUp {
    if (!text.isAtEnd() && text.column() > parent) {
      return block(parent);
    }
    count();
    return new Node.Scalar("", line, column);
  }

  private Node.Sequence sequence() throws GivenUp {
    enter();
    int line = text.line();
    int column = text.column();
    var items = new ArrayList<Node>();
    while (!text.isAtEnd() && text.column() == column && text.isItem()) {
      int itemLine = text.line();
      text.step();
      int behindDash = text.column();
      text.skipToContent();
      items.add(belowOrNothing(column, itemLine, behindDash));
    }
    leave(column);
    return new Node.Sequence(List.copyOf(items), line, column);
  }

  /** The end of what began in a column: what follows is further out, or beside it. */
  private void leave(int column) throws GivenUp {
    depth--;
    if (!text.isAtEnd() && text.column() > column) {
      throw new GivenUp();
    }
  }

  /** A value that ends with its line, with its closing bracket or as a block; moves on. */
  private Node inline(int parent) throws GivenUp {
    Node node;
    if (text.isHere('|')) {
      node = literal(parent);
    } else {
      node = text.isHere('{') || text.isHere('[') ? flow() : scalar(false);
      text.skipLine();
    }
    text.skipToContent();
    // Text may go on in the next line; a line that is further in would be that, or an error.
    if (!text.isAtEnd() && text.column() > parent) {
      throw new GivenUp();
    }
    return node;
  }

  private Node.Scalar literal(int parent) throws GivenUp {
    count();
    int line = text.line();
    int column = text.column();
    text.step();
    char chomping = ' ';
    if (text.isHere('-') || text.isHere('+')) {
      chomping = text.here();
      text.step();
    }
    text.skipLine();
    return new Node.Scalar(text.literal(Math.max(parent, 1), chomping), line, column);
  }

  private Node flow() throws GivenUp {
    if (text.isAtEnd()) {
      throw new GivenUp();
    }
    return switch (text.here()) {
      case '{' -> flowMapping();
      case '[' -> flowSequence();
      default -> scalar(true);
    };
  }

  private Node.Mapping flowMapping() throws GivenUp {
    enter();
    int line = text.line();
    int column = text.column();
    var keys = new Keys();
    text.step();
    while (!flowEnds('}')) {
      int keyLine = text.line();
      int keyColumn = text.column();
      String key = text.word(true);
      text.skipSpaces();
      if (!text.isHere(':') || key.length() > LONGEST_KEY) {
        throw new GivenUp();
      }
      text.step();
      text.skipToContent();
      keys.add(key, keyLine, keyColumn, flow());
      endFlowValue('}');
    }
    depth--;
    return new Node.Mapping(keys.entries(), line, column);
  }

  private Node.Sequence flowSequence() throws GivenUp {
    enter();
    int line = text.line();
    int column = text.column();
    var items = new ArrayList<Node>();
    text.step();
    while (!flowEnds(']')) {
      items.add(flow());
      endFlowValue(']');
    }
    depth--;
    return new Node.Sequence(List.copyOf(items), line, column);
  }

  /** Whether the bracket is next, and then behind it; else a value is next. */
  private boolean flowEnds(char bracket) throws GivenUp {
    text.skipToContent();
    if (text.isAtEnd()) {
      throw new GivenUp();
    }
    if (!text.isHere(bracket)) {
      return false;
    }
    text.step();
    return true;
  }

  /** A comma, or the bracket, which stays; anything else would make the value another one. */
  private void endFlowValue(char bracket) throws GivenUp {
    if (text.isHere('#')) {
      throw new GivenUp(); // A comment has a space before it.
    }
    text.skipToContent();
    if (text.isHere(',')) {
      text.step();
    } else if (!text.isHere(bracket)) {
      throw new GivenUp();
    }
  }

  private Node.Scalar scalar(boolean inFlow) throws GivenUp {
    count();
    int line = text.line();
    int column = text.column();
    boolean isQuoted = PlainText.isQuote(text.here());
    String word = text.word(inFlow);
    return new Node.Scalar(!isQuoted && isNull(word) ? "" : word, line, column);
  }

  /** YAML 1.1's type null. */
  private static boolean isNull(String word) {
    return switch (word) {
      case "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }

  private void enter() throws GivenUp {
    count();
    if (++depth > TreeReader.MAX_DEPTH) {
      throw new GivenUp();
    }
  }

  private void count() throws GivenUp {
    if (++valueCount > TreeReader.MAX_VALUES) {
      throw new GivenUp();
    }
  }

  /** The entries of a mapping, no key twice. */
  private static final class Keys {
    private final List<Node.Entry> entries = new ArrayList<>();
    private @Nullable Set<String> many;

    void add(String key, int line, int column, Node value) throws GivenUp {
      if (!isNew(key)) {
        throw new GivenUp();
      }
      entries.add(new Node.Entry(key, line, column, value));
    }

    private boolean isNew(String key) {
      if (many == null && entries.size() == MANY_KEYS) {
        many = new HashSet<>();
        entries.forEach(entry -> many.add(entry.key()));
      }
      if (many != null) {
        return many.add(key);
      }
      for (Node.Entry entry : entries) {
        if (entry.key().equals(key)) {
          return false;
        }
      }
      return true;
    }

    List<Node.Entry> entries() {
      return List.copyOf(entries);
    }
  }
}
