package io.fairlead.config.file.tree;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What it reads is what the whole parser reads, to the column; what it may not read it gives up.
 */
class PlainReaderTest {
  /** What makes YAML another YAML. */
  private static final String ALPHABET = "ab1 \n\r-:?#,[]{}'\"|>&*!%@`~.\\\t<=/_";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a b  c",
        "a: b",
        "a: b\n",
        "a:\n",
        "a: # nothing",
        "a:\nb:   \nc: d",
        "a:\n  b: c\n  d: e\nf: g",
        "# first\n\na: b   # a comment\n  # further in\nc: d\n# last",
        "a: b#c d:e",
        "a: 'it is'\nb: \"quoted: {text}, # all of it\"",
        "'a b': c\n\"d\" : e",
        "a : b",
        "url: http://127.0.0.1:80/x?y=z#part",
        "a: -1\nb: -x\nc: .5\nd: 0x1F\ne: 1_000\nf: 1.10\ng: 010\nh: 1e3",
        "a: null\nb: ~\nc: Null\nd: NULL\ne: 'null'\nf: \"\"\ng: nULL",
        "~: a\nnull: b",
        "a: yes\nb: no\nc: true\nd: 2026-11-25\ne: =\n<<: f",
        "- a\n- b",
        "-\n- a\n-",
        "- # a comment\n- a",
        "a:\n- b\n- c\nd: e",
        "a:\n  - b\n  -   c\n",
        "a:\n  - b: c\n    d: e\n  - f: g",
        "- - a\n  - b\n- - c",
        "-\n  a: b\n-   # below\n    c: d\n    e: f",
        "a:\n\n  b\nc: d",
        "a:\n  'b'\nc:\n  {d: e}\n",
        "a: []\nb: {}\nc: [ ]\nd: { }",
        "a: [b, 'c', \"d\", 1, ~, [e], {f: g}]",
        "a: { b: c, 'd': e, \"f\" : g }",
        "a: {\"b\":\"c\",\"d\":[1,2]}",
        "a: [b, c,]\nd: {e: f,}",
        "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": { \"c\": null }\n}",
        "a: [ # first\n b, # second\n\nc\n]\nd: e",
        "a: [b c, d:e, f#g, 10.0.0.0/8, 2001:db8::1]",
        "a: { b: 2001:db8::1, c: http://x/y }",
        "a: b\r\nc:\r\n  - d\r\n  - e # f\r\n",
        "a: grün\nstraße: ß",
        "a: b-c, d [e] {f}",
        "a: -.5",
        "a: x'y\"z",
        "a: |\n  b",
        "a: |\n  b\n",
        "a: |\n  b\n\n\nc: d",
        "a: |-\n  b\n\nc: d",
        "a: |+\n  b\n\nc: d",
        "a: |+ # comment\n  b\n\n",
        "a: |\n\n\n  b\n   c # d\n # e\nf: g",
        "a: |\n  b: c\n\n  - \t'd\n  # e\nf: |\n  g\n",
        "- |\n  a\n- |\n b\n-\n  |\n  c",
        "a: |\r\n  b\r\n\r\n  c\r\nd: e",
        "a:\n- |\n  b\n- c",
        "a: |\n  b\n  ",
        "a: \"b\\n\\r\\t\\\"c\\\\\"\nd: 'it''s'\ne: \'\'\'\'",
        "a: \"b\tc\" # d\te",
        "a:    b   \nc:   \n  d: e",
      })
  void readsWhatIsPlain(String text) {
    Node plain = PlainReader.read(text);

    assertThat(plain).as("it is plain").isNotNull().isEqualTo(whole(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \n# nothing\n",
        "a: &b c",
        "a: *b",
        "a: !b c",
        "a: >\n  b",
        "a: |2\n  b",
        "a: |\n",
        "a: |\nb: c",
        "a: |\n   \n  b",
        "a: |\n  b\n    \n  c",
        "a: |\n   b\n  c",
        "a: | b\n  c",
        "a: |#\n  b",
        "a: [|]",
        "? a\n: b",
        "a: b\n  c",
        "a: b\n\n  c",
        "a: 'b\n  c'",
        "a: \"b\\u0041\"",
        "a: \"b\\",
        "a: \"b\\\"",
        "a: 'b''",
        "a: [b\n c]",
        "a: [b: c]",
        "a: {b}",
        "a: {b: , c: d}",
        "a: [b",
        "a: {b: c",
        "a: [b}",
        "a: [b?c]",
        "a: b: c",
        "a: - b",
        "a: 'b' c",
        "a: [b] c",
        "[a]: b",
        "{a: b}: c",
        "a: b\na: c",
        "{a: b, a: c}",
        "a: b\n  c: d",
        "  a: b\nc: d",
        "a:\n    b: c\n  d: e",
        "- a\nb: c",
        "a: b\n- c",
        "a:\tb",
        "\ta: b",
        "--- \na: b",
        "a: b\n---\nc: d",
        "a: b\n...\n",
        "%YAML 1.1\n---\na: b",
        "a: [b,\n--- c]",
        "a: @b",
        "a: `b`",
        "a: %b",
        "a: ,b",
        "a: 'b'#c",
        "a: \uD83D\uDE00",
        "a: b\u0085c: d",
        "a: b\u2028c: d",
        "a: b\rc: d",
        "\uFEFFa: b",
      })
  void givesUpWhatIsNot(String text) {
    assertThat(PlainReader.read(text)).isNull();
  }

  @Test
  void aKeyTwiceAmongManyIsForTheWholeParser() {
    var text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("key").append(i).append(": value\n");
    }

    assertThat(PlainReader.read(text.toString())).isEqualTo(whole(text.toString()));
    assertThat(PlainReader.read(text + "key7: again\n")).isNull();
    assertThat(PlainReader.read(text + "key39: again\n")).isNull();
  }

  @Test
  void depthAndLongKeysAreForTheWholeParser() {
    assertThat(PlainReader.read("[".repeat(32) + "]".repeat(32))).isNotNull();
    assertThat(PlainReader.read("[".repeat(33) + "]".repeat(33))).isNull();
    assertThat(PlainReader.read("- ".repeat(32) + "a")).isNotNull();
    assertThat(PlainReader.read("- ".repeat(33) + "a")).isNull();
    assertThat(PlainReader.read("k".repeat(1000) + ": a")).isNotNull();
    assertThat(PlainReader.read("k".repeat(1001) + ": a")).isNull();
    assertThat(PlainReader.read("{" + "k".repeat(1001) + ": a}")).isNull();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsRealConfigurations(Path file) throws IOException {
    String text = Files.readString(file);

    assertThat(PlainReader.read(text)).isNotNull().isEqualTo(whole(text));
  }

  /** Characters of a real file are put in, taken out and exchanged. */
  @ParameterizedTest
  @MethodSource("examples")
  void neverReadsAnythingElseThanTheWholeParser(Path file) throws IOException {
    var random = new Random(file.getFileName().hashCode());
    List<String> lines = Files.readAllLines(file);
    int read = 0;
    for (int round = 0; round < 1500; round++) {
      int from = random.nextInt(lines.size());
      int to = Math.min(lines.size(), from + 1 + random.nextInt(6));
      String text = damaged(String.join("\n", lines.subList(from, to)), random);
      Node plain = PlainReader.read(text);
      if (plain != null) {
        read++;
        assertThat(plain).as(text).isEqualTo(whole(text));
      }
    }
    assertThat(read).as("not all was given up").isGreaterThan(50);
  }

  /** The same of texts that are nothing but such characters. */
  @Test
  void neverReadsNoiseAsAnythingElse() {
    var random = new Random(1);
    int read = 0;
    for (int round = 0; round < 60_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      Node plain = PlainReader.read(text.toString());
      if (plain != null) {
        read++;
        assertThat(plain).as(text.toString()).isEqualTo(whole(text.toString()));
      }
    }
    assertThat(read).as("not all was given up").isGreaterThan(500);
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("examples"))) {
      return new ArrayList<>(files.filter(file -> file.toString().endsWith(".yaml")).toList());
    }
  }

  private static String damaged(String text, Random random) {
    var damaged = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0 && !damaged.isEmpty(); i--) {
      int at = random.nextInt(damaged.length());
      char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(3)) {
        case 0 -> damaged.insert(at, other);
        case 1 -> damaged.deleteCharAt(at);
        default -> damaged.setCharAt(at, other);
      }
    }
    return damaged.toString();
  }

  private static Node whole(String text) {
    var problems = new Problems("file");
    Node node = TreeReader.readAll(new SourceText(text), problems);
    assertThat(problems.errors()).as(text).isEmpty();
    return requireNonNull(node);
  }
}
