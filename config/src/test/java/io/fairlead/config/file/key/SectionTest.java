package io.fairlead.config.file.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.TreeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A section of its own, small enough to see what opening and reading say. */
class SectionTest {
  private static final Key<String> NAME = Key.required("name", Texts.LABEL, "its name");
  private static final Key<Integer> COUNT =
      Key.optional("count", Numbers.between(1, 9), 5, "how many");
  private static final Key<Integer> PORT =
      Key.otherwise("port", Numbers.between(1, 65535), "any", "where");
  private static final Key<List<Integer>> PARTS =
      Key.optional("parts", ListValue.any(Numbers.between(1, 9)), List.of(), "its parts");

  private static final Key<Boolean> LOUD =
      Key.optional("loud", Numbers.TRUE_OR_FALSE, false, "whether it is heard");
  private static final KeyTable BELOW_KEYS = KeyTable.of("a voice", LOUD);
  private static final Key<Section> BELOW = Key.section("below", BELOW_KEYS, "keys of its own");

  private static final KeyTable KEYS =
      KeyTable.of("a thing", NAME, COUNT, PORT, PARTS, BELOW).later("colour", "its colour");

  private final Problems problems = new Problems("f");

  private Section open(String yaml) {
    var root = requireNonNull(TreeReader.read(new SourceText(yaml), problems));
    return new SectionValue(KEYS).read(root, KeyPath.ROOT.child("things").item(2), problems);
  }

  private List<String> errors() {
    return problems.errors().stream().map(Problem::toString).toList();
  }

  @Test
  void whatStandsIsRead() {
    Section section = open("name: x\ncount: 7\nport: 80\nparts: [1, 2]\nbelow: { loud: true }\n");
    assertThat(section.get(NAME)).isEqualTo("x");
    assertThat(section.get(COUNT)).isEqualTo(7);
    assertThat(section.find(PORT)).isEqualTo(80);
    assertThat(section.get(PARTS)).containsExactly(1, 2);
    assertThat(section.get(BELOW).get(LOUD)).isTrue();
    assertThat(errors()).isEmpty();
  }

  @Test
  void whatIsAbsentHasItsDefaultOrIsNotThere() {
    Section section = open("name: x\n");
    assertThat(section.get(COUNT)).isEqualTo(5);
    assertThat(section.has(PORT)).isFalse();
    assertThat(section.find(PORT)).isNull();
    assertThat(section.get(PARTS)).isEmpty();
    assertThat(section.get(BELOW).get(LOUD)).isFalse();
    assertThat(section.isSound(NAME, COUNT, PORT, PARTS, BELOW)).isTrue();
    assertThat(errors()).isEmpty();
  }

  @Test
  void aWrongValueIsToldAndReadingGoesOn() {
    Section section = open("name: x\ncount: many\nparts: [1, two, 3]\n");
    assertThat(section.get(COUNT)).isEqualTo(COUNT.value().standIn());
    assertThat(section.get(PARTS)).containsExactly(1, 1, 3);
    assertThat(section.get(NAME)).isEqualTo("x");
    assertThat(section.isSound(NAME)).isTrue();
    assertThat(section.isSound(COUNT)).isFalse();
    assertThat(section.isSound(NAME, PARTS)).isFalse();
    assertThat(errors())
        .containsExactly(
            "f:2:8: things[2].count: \"many\" is not a plain whole number; allowed: a whole number"
                + " from 1 to 9",
            "f:3:12: things[2].parts[1]: \"two\" is not a plain whole number; allowed: a whole"
                + " number from 1 to 9");
  }

  @Test
  void openingTellsWhatIsMissingUnknownAndReserved() {
    Section section = open("coun: 1\ncolour: red\nunheard-of: 1\n");
    assertThat(section.isSound(NAME)).isFalse();
    assertThat(errors())
        .containsExactly(
            "f:1:1: things[2].coun: unknown key (did you mean \"count\"?); allowed in a thing:"
                + " name, count, port, parts, below",
            "f:1:1: things[2].name: the key is missing in a thing; allowed: a name of 1 to 63"
                + " letters, digits, '-', '_' and '.', the first a letter or a digit",
            "f:2:1: things[2].colour: not supported yet; reserved for its colour; leave the key"
                + " out",
            "f:3:1: things[2].unheard-of: unknown key; allowed in a thing: name, count, port,"
                + " parts, below");
  }

  @Test
  void aReservedKeyIsSuggestedToo() {
    var _ = open("name: x\ncolor: red\n");
    assertThat(errors()).singleElement().asString().contains("did you mean \"colour\"?");
  }

  @Test
  void aSectionThatIsNoMapping() {
    Section section = open("- x\n");
    assertThat(section.get(NAME)).isEmpty();
    assertThat(section.isSound(NAME)).isFalse();
    assertThat(section.get(COUNT)).isEqualTo(5);
    assertThat(errors())
        .containsExactly(
            "f:1:1: things[2]: a list stands here; allowed: a thing with the keys name, count,"
                + " port, parts, below");
  }

  @Test
  void whatIsFoundLaterIsToldAtTheValueTheItemOrTheSection() {
    Section section = open("name: x\nparts:\n  - 1\n  - 2\n");
    section.error(NAME, "taken");
    section.error(PARTS, 1, "one too many");
    section.error(PORT, "needed after all");
    section.warning(NAME, "short");
    assertThat(section.isSound(NAME)).isFalse();
    assertThat(errors())
        .containsExactly(
            "f:1:1: things[2].port: needed after all",
            "f:1:7: things[2].name: taken",
            "f:4:5: things[2].parts[1]: one too many");
    assertThat(problems.warnings())
        .containsExactly(new Problem("f", 1, 7, "things[2].name", "short"));
  }

  @Test
  void declarationsAndReferences() {
    var things = new Declared("thing");
    assertThat(things.declare(open("name: one\n"), NAME)).isEqualTo("one");
    assertThat(things.declare(open("\nname: two\n"), NAME)).isEqualTo("two");
    assertThat(things.refer(open("name: two\n"), NAME)).isEqualTo("two");
    assertThat(errors()).isEmpty();

    var _ = things.declare(open("\n\nname: one\n"), NAME);
    var _ = things.refer(open("\n\n\nname: tow\n"), NAME);
    assertThat(errors())
        .containsExactly(
            "f:3:7: things[2].name: \"one\" is the name of another thing already, in line 1; each"
                + " name is used once",
            "f:4:7: things[2].name: no thing is called \"tow\" (did you mean \"two\"?); declared:"
                + " one, two");
  }

  @Test
  void whereADeclarationIsUnreadableNothingIsSaidOfReferences() {
    var things = new Declared("thing");
    var _ = things.declare(open("name: ' '\n"), NAME);
    var _ = things.refer(open("name: anything\n"), NAME);
    assertThat(errors()).hasSize(1);
  }

  @Test
  void problemsOfOnePlaceStayInTheOrderOfTheirTelling() {
    Section section = open("name: x\n");
    for (int i = 0; i < 5; i++) {
      section.error(NAME, "reason " + i);
    }
    assertThat(problems.errors().stream().map(Problem::reason))
        .containsExactly("reason 0", "reason 1", "reason 2", "reason 3", "reason 4");
    assertThat(problems.errorCount()).isEqualTo(5);
  }

  @Test
  void theTableTellsItsKeysInOrder() {
    assertThat(KEYS.names()).containsExactly("name", "count", "port", "parts", "below");
    assertThat(KEYS.later().keySet()).containsExactly("colour");
    assertThat(COUNT.otherwise()).isEqualTo("5");
    assertThat(PORT.otherwise()).isEqualTo("any");
  }
}
