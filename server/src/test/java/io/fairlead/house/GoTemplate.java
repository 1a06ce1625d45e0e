package io.fairlead.house;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of Go's text/template and of Helm's functions that our chart uses, and no more: what it
 * does not know is an error, so that the chart stays as simple as this is. There is no Helm to be
 * had where these tests run.
 */
final class GoTemplate {
  private static final Pattern ACTION =
      Pattern.compile("(\\s*)\\{\\{(-?)\\s*(/\\*.*?\\*/|.*?)\\s*(-?)}}(\\s*)", Pattern.DOTALL);

  private static final Pattern WORD =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[()|]|\\$?(?:\\.[A-Za-z0-9_]*)+|[A-Za-z]+|[0-9]+");

  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

  private sealed interface Token {
    record Text(String text) implements Token {}

    record Action(String code) implements Token {}
  }

  private sealed interface Piece {
    record Text(String text) implements Piece {}

    record Print(String code) implements Piece {}

    /** if, with or range; {@code otherwise} is what stands below else. */
    record Block(String kind, String code, List<Piece> body, List<Piece> otherwise)
        implements Piece {}
  }

  private final Map<String, List<Piece>> defined = new HashMap<>();
  private final Map<String, Object> root;

  /**
   * @param helpers files of definitions
   * @param root Values, Release and Chart
   */
  GoTemplate(String helpers, Map<String, Object> root) {
    this.root = root;
    parse(new ArrayList<>(tokens(helpers)), "");
  }

  String render(String template) {
    return render(parse(new ArrayList<>(tokens(template)), ""), root);
  }

  /** A minus eats the white space at its side. */
  private static List<Token> tokens(String template) {
    var tokens = new ArrayList<Token>();
    Matcher action = ACTION.matcher(template);
    int at = 0;
    while (action.find()) {
      boolean before = action.group(2).isEmpty();
      boolean after = action.group(4).isEmpty();
      tokens.add(
          new Token.Text(template.substring(at, action.start()) + (before ? action.group(1) : "")));
      if (!action.group(3).startsWith("/*")) {
        tokens.add(new Token.Action(action.group(3)));
      }
      // White space behind belongs to what follows, which may have a minus of its own.
      at = after ? action.end(4) + 2 : action.end();
      action.region(at, template.length());
    }
    tokens.add(new Token.Text(template.substring(at)));
    return tokens;
  }

  /** Pieces up to the end, or up to {@code else} or {@code end}, which stay. */
  private List<Piece> parse(List<Token> tokens, String inside) {
    var pieces = new ArrayList<Piece>();
    while (!tokens.isEmpty()) {
      switch (tokens.getFirst()) {
        case Token.Text(var text) -> {
          tokens.removeFirst();
          pieces.add(new Piece.Text(text));
        }
        case Token.Action(var code) -> {
          if (code.equals("end") || code.equals("else")) {
            if (inside.isEmpty()) {
              throw new IllegalArgumentException(code + " ends nothing");
            }
            return pieces;
          }
          tokens.removeFirst();
          action(code, tokens, pieces);
        }
      }
    }
    if (!inside.isEmpty()) {
      throw new IllegalArgumentException(inside + " has no end");
    }
    return pieces;
  }

  private void action(String code, List<Token> tokens, List<Piece> pieces) {
    String kind = code.split("\\s", 2)[0];
    switch (kind) {
      case "if", "with", "range" -> {
        List<Piece> body = parse(tokens, code);
        List<Piece> otherwise = List.of();
        if (tokens.removeFirst() instanceof Token.Action(var ended) && ended.equals("else")) {
          otherwise = parse(tokens, code);
          tokens.removeFirst();
        }
        pieces.add(new Piece.Block(kind, code.substring(kind.length()), body, otherwise));
      }
      case "define" -> {
        List<Piece> body = parse(tokens, code);
        tokens.removeFirst();
        defined.put(code.substring(kind.length()).strip().replace("\"", ""), body);
      }
      default -> pieces.add(new Piece.Print(code));
    }
  }

  private String render(List<Piece> pieces, @Nullable Object dot) {
    var text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Text(var literal) -> text.append(literal);
        case Piece.Print(var code) -> {
          Object value = evaluate(code, dot);
          if (value == null) {
            throw new IllegalArgumentException("{{ " + code + " }} prints nothing");
          }
          text.append(value);
        }
        case Piece.Block block -> text.append(render(block, dot));
      }
    }
    return text.toString();
  }

  private String render(Piece.Block block, @Nullable Object dot) {
    Object value = evaluate(block.code(), dot);
    if (!isTrue(value)) {
      return render(block.otherwise(), dot);
    }
    return switch (block.kind()) {
      case "if" -> render(block.body(), dot);
      case "with" -> render(block.body(), value);
      default -> {
        var text = new StringBuilder();
        if (!(value instanceof List<?> items)) {
          throw new IllegalArgumentException("range goes over lists alone: " + block.code());
        }
        items.forEach(item -> text.append(render(block.body(), item)));
        yield text.toString();
      }
    };
  }

  private static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case String text -> !text.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      case Number number -> number.doubleValue() != 0;
      default -> true;
    };
  }

  private @Nullable Object evaluate(String code, @Nullable Object dot) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(code);
    int at = 0;
    while (word.find()) {
      if (!code.substring(at, word.start()).isBlank()) {
        throw new IllegalArgumentException("not known here: " + code);
      }
      words.add(word.group());
      at = word.end();
    }
    if (!code.substring(at).isBlank()) {
      throw new IllegalArgumentException("not known here: " + code);
    }
    return pipeline(words, dot);
  }

  private @Nullable Object pipeline(List<String> words, @Nullable Object dot) {
    Object value = command(words, dot, null, false);
    while (!words.isEmpty() && words.getFirst().equals("|")) {
      words.removeFirst();
      value = command(words, dot, value, true);
    }
    return value;
  }

  private @Nullable Object command(
      List<String> words, @Nullable Object dot, @Nullable Object piped, boolean isPiped) {
    String first = words.getFirst();
    if (!first.matches("[A-Za-z]+") || first.equals("true") || first.equals("false")) {
      return operand(words, dot);
    }
    words.removeFirst();
    var arguments = new ArrayList<Object>();
    while (!words.isEmpty() && !words.getFirst().equals("|") && !words.getFirst().equals(")")) {
      arguments.add(operand(words, dot));
    }
    if (isPiped) {
      arguments.add(piped);
    }
    return call(first, arguments);
  }

  private @Nullable Object operand(List<String> words, @Nullable Object dot) {
    String word = words.removeFirst();
    if (word.equals("(")) {
      Object value = pipeline(words, dot);
      words.removeFirst();
      return !words.isEmpty() && words.getFirst().matches("\\.[A-Za-z].*")
          ? field(value, words.removeFirst())
          : value;
    }
    if (word.startsWith("\"")) {
      return word.substring(1, word.length() - 1);
    }
    if (word.matches("[0-9]+")) {
      return Integer.valueOf(word);
    }
    return word.startsWith("$") ? field(root, word.substring(1)) : field(dot, word);
  }

  private static @Nullable Object field(@Nullable Object start, String path) {
    Object value = start;
    for (String name : path.split("\\.", -1)) {
      if (!name.isEmpty()) {
        if (!(value instanceof Map<?, ?> map)) {
          throw new IllegalArgumentException("nothing has the field " + path + ": " + value);
        }
        value = map.get(name);
      }
    }
    return value;
  }

  private @Nullable Object call(String function, List<Object> given) {
    return switch (function) {
      case "include" -> {
        List<Piece> body = defined.get((String) given.get(0));
        if (body == null) {
          throw new IllegalArgumentException("nothing is defined as " + given.get(0));
        }
        yield render(body, given.get(1)).strip();
      }
      case "toYaml" -> yaml(given.getFirst());
      case "nindent" -> "\n" + indent((Integer) given.get(0), (String) given.get(1));
      case "quote" -> '"' + String.valueOf(given.get(0)).replace("\\", "\\\\") + '"';
      case "default" -> isTrue(given.get(1)) ? given.get(1) : given.get(0);
      case "replace" ->
          ((String) given.get(2)).replace((String) given.get(0), (String) given.get(1));
      case "trunc" -> {
        String text = (String) given.get(1);
        yield text.substring(0, Math.min(text.length(), (Integer) given.get(0)));
      }
      case "printf" ->
          String.format((String) given.get(0), given.subList(1, given.size()).toArray());
      case "index" -> ((List<?>) given.get(0)).get((Integer) given.get(1));
      case "list" -> given;
      case "kindIs" -> given.get(0).equals("string") && given.get(1) instanceof String;
      case "eq" -> given.get(0).equals(given.get(1));
      case "not" -> !isTrue(given.get(0));
      case "or" -> given.stream().filter(GoTemplate::isTrue).findFirst().orElse("");
      default -> throw new IllegalArgumentException("no function " + function + " here");
    };
  }

  private static String indent(int spaces, String text) {
    return text.replaceAll("(?m)^", " ".repeat(spaces));
  }

  private static String yaml(Object value) {
    try {
      return YAML.writeValueAsString(value).stripTrailing();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("values came from YAML", e);
    }
  }
}
