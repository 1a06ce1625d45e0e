package io.fairlead.config.file.tree;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML into a tree. Of YAML it takes what a configuration needs, mappings, lists and text,
 * and refuses the rest with its line: anchors, aliases, tags, a second document, a key twice.
 */
public final class TreeReader {
  /** The configuration itself is nine levels deep. */
  static final int MAX_DEPTH = 32;

  /**
   * 100,000 services of three members are about three million; each takes some 100 octets of heap.
   */
  static final int MAX_VALUES = 8_000_000;

  /**
   * The parser takes time by the square of a line's length: a fifth of a second for 256 KiB, 20 s
   * for 2 MiB.
   */
  static final int MAX_LINE = 256 << 10;

  private final YAMLParser parser;
  private final String text;
  private final Problems problems;
  private final RecentStrings strings = new RecentStrings();
  private int codePoints;
  private int offset;
  private int valueCount;
  private int depth;

  private TreeReader(YAMLParser parser, String text, Problems problems) {
    this.parser = parser;
    this.text = text;
    this.problems = problems;
  }

  /** The parser counts code points, and would stop at 3 MiB: the file's own limit is the one. */
  private static YAMLFactory yaml() {
    var options = new LoaderOptions();
    options.setCodePointLimit(SourceText.MAX_OCTETS);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  /** The tree; null where the text is empty or no YAML, and {@code problems} says so. */
  public static @Nullable Node read(SourceText source, Problems problems) {
    int longLine = source.lineLongerThan(MAX_LINE);
    if (longLine > 0) {
      problems.error(
          new Spot(longLine, 1, KeyPath.ROOT),
          "the line is longer than 256 KiB; break it up, and keep many records in a master file"
              + " (zones[].file)");
      return null;
    }
    Node plain = PlainReader.read(source.text());
    return plain != null ? plain : readAll(source, problems);
  }

  /** By the whole parser, which knows all of YAML and says what is wrong. */
  static @Nullable Node readAll(SourceText source, Problems problems) {
    try (YAMLParser parser = yaml().createParser(new StringReader(source.text()))) {
      return new TreeReader(parser, source.text(), problems).document();
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }

  private @Nullable Node document() throws IOException {
    try {
      if (parser.nextToken() == null) {
        problems.error(
            new Spot(1, 1, KeyPath.ROOT),
            "the file is empty; a configuration begins with version: 1");
        return null;
      }
      Node root = value(KeyPath.ROOT);
      if (parser.nextToken() != null) {
        problems.error(
            here(KeyPath.ROOT), "a second document begins here; a file holds one document");
      }
      return root;
    } catch (JsonProcessingException e) {
      problems.error(spot(e), inWords(e));
    } catch (TooMuch e) {
      problems.error(e.spot, e.reason);
    }
    return null;
  }

  private Node value(KeyPath path) throws IOException {
    Spot spot = here(path);
    refuseDecoration(spot);
    if (++valueCount > MAX_VALUES) {
      throw new TooMuch(spot, "more than " + MAX_VALUES + " values are in this file");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> nested(spot, this::mapping);
      case START_ARRAY -> nested(spot, this::sequence);
      case VALUE_NULL -> new Node.Scalar("", spot.line(), spot.column());
      default -> new Node.Scalar(strings.same(parser.getText()), spot.line(), spot.column());
    };
  }

  /** Something that holds others, read from its first token to its last. */
  private interface Holder {
    Node read(Spot spot) throws IOException;
  }

  private Node nested(Spot spot, Holder holder) throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new TooMuch(spot, "nested deeper than " + MAX_DEPTH + " levels");
    }
    Node node = holder.read(spot);
    depth--;
    return node;
  }

  private Node mapping(Spot spot) throws IOException {
    var entries = new ArrayList<Node.Entry>();
    Map<String, Integer> lines = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = strings.same(parser.currentName());
      Spot keySpot = here(spot.path().child(key));
      // A block mapping begins where its first key does, and has been looked at there.
      if (keySpot.line() != spot.line() || keySpot.column() != spot.column()) {
        refuseDecoration(keySpot);
      }
      parser.nextToken();
      Node value = value(keySpot.path());
      Integer earlier = lines.putIfAbsent(key, keySpot.line());
      if (earlier == null) {
        entries.add(new Node.Entry(key, keySpot.line(), keySpot.column(), value));
      } else {
        problems.error(keySpot, "the key stands here a second time, first in line " + earlier);
      }
    }
    return new Node.Mapping(List.copyOf(entries), spot.line(), spot.column());
  }

  private Node sequence(Spot spot) throws IOException {
    var items = new ArrayList<Node>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(spot.path().item(items.size())));
    }
    return new Node.Sequence(List.copyOf(items), spot.line(), spot.column());
  }

  /**
   * Looks at the character itself: the parser would pass an alias on as text, and loses the tag of
   * a first key. No plain text can begin with one of these.
   */
  private void refuseDecoration(Spot spot) {
    char first = offset < text.length() ? text.charAt(offset) : ' ';
    switch (first) {
      case '&' ->
          problems.error(spot, "anchors (&name) are not supported; write the value out each time");
      case '*' -> problems.error(spot, NO_ALIASES);
      case '!' -> problems.error(spot, "tags (!name) are not supported; a key knows its type");
      default -> {}
    }
  }

  private static final String NO_ALIASES =
      "aliases (*name) are not supported; write the value out, and quote text that begins with *,"
          + " such as \"*.example.com\"";

  /** Where the current token begins; moves {@link #offset} there, tokens come in order. */
  private Spot here(KeyPath path) {
    JsonLocation location = parser.currentTokenLocation();
    int ahead = (int) location.getCharOffset() - codePoints;
    if (ahead > 0) {
      offset = text.offsetByCodePoints(offset, ahead);
      codePoints += ahead;
    }
    return new Spot(location.getLineNr(), location.getColumnNr(), path);
  }

  private Spot spot(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      return new Spot(mark.getLine() + 1, mark.getColumn() + 1, KeyPath.ROOT);
    }
    return here(KeyPath.ROOT);
  }

  private static String inWords(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked) {
      String context = marked.getContext() == null ? "" : marked.getContext() + ": ";
      String hint = context.contains("alias") ? "; " + NO_ALIASES : "";
      return "not valid YAML: " + context + marked.getProblem() + hint;
    }
    if (e.getOriginalMessage().startsWith("Expected a field name")) {
      return "a key must be text; lists, mappings and aliases (*name) cannot be keys";
    }
    return "not valid YAML: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  /** A limit is passed; what follows is not read. */
  private static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Spot spot;
    private final String reason;

    TooMuch(Spot spot, String reason) {
      super(reason);
      this.spot = spot;
      this.reason = reason;
    }
  }
}
