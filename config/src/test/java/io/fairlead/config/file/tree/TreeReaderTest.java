package io.fairlead.config.file.tree;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of YAML is taken, with its places, and what is refused, with the reason. */
class TreeReaderTest {
  private final Problems problems = new Problems("f");

  private Node read(String text) {
    Node node = TreeReader.read(new SourceText(text), problems);
    assertThat(problems.errors()).isEmpty();
    return requireNonNull(node);
  }

  private List<String> refused(String text) {
    var _ = TreeReader.read(new SourceText(text), problems);
    return problems.errors().stream().map(Problem::toString).toList();
  }

  @Test
  void everyKeyAndValueHasItsPlace() {
    assertThat(read("a: 1\nlist:\n  - x\n  - {k: [y]}\n"))
        .isEqualTo(
            new Node.Mapping(
                List.of(
                    new Node.Entry("a", 1, 1, new Node.Scalar("1", 1, 4)),
                    new Node.Entry(
                        "list",
                        2,
                        1,
                        new Node.Sequence(
                            List.of(
                                new Node.Scalar("x", 3, 5),
                                new Node.Mapping(
                                    List.of(
                                        new Node.Entry(
                                            "k",
                                            4,
                                            6,
                                            new Node.Sequence(
                                                List.of(new Node.Scalar("y", 4, 10)), 4, 9))),
                                    4,
                                    5)),
                            3,
                            3))),
                1,
                1));
  }

  @ParameterizedTest
  @CsvSource({
    "no, no",
    "TRUE, TRUE",
    "1.10, 1.10",
    "0777, 0777",
    "1_000, 1_000",
    "12:30, 12:30",
    "2020-01-01, 2020-01-01",
    "+5, +5",
    ".inf, .inf",
    "0x1F, 0x1F",
    "'\"a: b\"', a: b"
  })
  void aScalarIsItsText(String written, String text) {
    assertThat(read("a: " + written))
        .isInstanceOfSatisfying(
            Node.Mapping.class,
            mapping ->
                assertThat(mapping.entries().getFirst().value())
                    .isEqualTo(new Node.Scalar(text, 1, 4)));
  }

  @ParameterizedTest
  @CsvSource({"'a:'", "'a: ~'", "'a: null'", "'a: \"\"'"})
  void nothingIsEmptyText(String written) {
    assertThat(read(written))
        .isInstanceOfSatisfying(
            Node.Mapping.class,
            mapping ->
                assertThat(mapping.entries().getFirst().value())
                    .isInstanceOfSatisfying(
                        Node.Scalar.class, scalar -> assertThat(scalar.text()).isEmpty()));
  }

  @Test
  void placesCountCharactersNotUnitsOfUtf16() {
    assertThat(refused("a: {\uD83D\uDE00: 1, b: &x 2}"))
        .containsExactly(
            "f:1:14: a.b: anchors (&name) are not supported; write the value out each time");
  }

  @Test
  void aKeyTwice() {
    assertThat(refused("a:\n  b: 1\n  c: 2\n  b: 3\n"))
        .containsExactly("f:4:3: a.b: the key stands here a second time, first in line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: &x 1                | f:1:4: a: anchors",
        "&x a: 1                | f:1:1: anchors",
        "a: [1, &x 2]           | f:1:8: a[1]: anchors",
        "a: *x                  | f:1:4: a: aliases",
        "a: {b: 1, &x c: 2}     | f:1:11: a.c: anchors",
        "a: !!str 5             | f:1:4: a: tags",
        "!t a: 5                | f:1:1: tags",
        "a: !<tag:x,2000:y> {}  | f:1:4: a: tags"
      })
  void anchorsAliasesAndTags(String text, String problem) {
    assertThat(refused(text)).singleElement().asString().startsWith(problem);
  }

  @Test
  void allOfThemAreToldAtOnce() {
    assertThat(refused("a: &x 1\nb: *x\nc: !t 3\n")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: [1, 2               | f:1:9: not valid YAML: while parsing a flow sequence: expected",
        "a: b: c                | f:1:5: not valid YAML: mapping values are not allowed here",
        "a: 'x                  | f:1:6: not valid YAML: while scanning a quoted scalar",
        "a: @b                  | f:1:4: not valid YAML: while scanning for the next token: found",
        "? [1]                  | f:1:3: a key must be text; lists, mappings and aliases",
        "*x : 1                 | f:1:1: aliases"
      })
  void whatIsNoYaml(String text, String problem) {
    assertThat(refused(text).getFirst()).startsWith(problem);
  }

  @Test
  void aTabForIndentation() {
    assertThat(refused("a:\n\tb: 1\n").getFirst()).startsWith("f:2:1: ").contains("TAB");
  }

  @Test
  void aWildcardWithoutQuotesIsToldHowToWriteIt() {
    assertThat(refused("name: *.example.com").getFirst())
        .contains("quote text that begins with *, such as \"*.example.com\"");
  }

  @Test
  void aSecondDocument() {
    assertThat(refused("a: 1\n---\nb: 2\n"))
        .containsExactly("f:3:1: a second document begins here; a file holds one document");
  }

  @ParameterizedTest
  @CsvSource({"''", "'\n\n'", "'# only a comment\n'"})
  void anEmptyFile(String text) {
    assertThat(refused(text))
        .containsExactly("f:1:1: the file is empty; a configuration begins with version: 1");
  }

  @Test
  void nestingBeyondTheLimit() {
    read("[".repeat(32) + "]".repeat(32));
    assertThat(refused("[".repeat(100_000)))
        .containsExactly("f:1:33: " + "[0]".repeat(32) + ": nested deeper than 32 levels");
  }

  /** The parser's own limit is 3 MiB. */
  @Test
  void theParsersLimitOfCodePointsIsRaised() {
    assertThat(read(("# " + "x".repeat(1022) + "\n").repeat(4 << 10) + "a: 1"))
        .isInstanceOfSatisfying(
            Node.Mapping.class, mapping -> assertThat(mapping.entries()).hasSize(1));
  }

  @Test
  void aLineThatWouldTakeTheParserMinutes() {
    assertThat(refused("a: 1\nb: |\n  " + "x ".repeat(TreeReader.MAX_LINE)))
        .containsExactly(
            "f:3:1: the line is longer than 256 KiB; break it up, and keep many records in a master"
                + " file (zones[].file)");
  }

  @Test
  void equalTextsShareTheirHeap() {
    assertThat(read("[abc, abc, abd]"))
        .isInstanceOfSatisfying(
            Node.Sequence.class,
            list -> {
              assertThat(list.items().get(0))
                  .extracting(node -> ((Node.Scalar) node).text())
                  .isSameAs(((Node.Scalar) list.items().get(1)).text());
              assertThat(((Node.Scalar) list.items().get(2)).text()).isEqualTo("abd");
            });
  }
}
