package io.fairlead.config.file;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Value;
import io.fairlead.config.file.tree.KeyPath;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.Problems;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.TreeReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every key of every table, found by walking the tables: it stands in complete.yaml, it is read, it
 * is missed where it is required, and the reserved ones are refused by name.
 */
class KeyTablesTest {
  /** A section of complete.yaml: the way there, and its table. */
  record Place(List<Object> way, KeyTable table) {
    Place key(String name) {
      var longer = new ArrayList<>(way);
      longer.add(name);
      return new Place(longer, table);
    }

    Key<?> told() {
      return requireNonNull(table.keys().get((String) way.getLast()));
    }

    @Override
    public String toString() {
      KeyPath path = KeyPath.ROOT;
      for (Object step : way) {
        path = step instanceof Integer index ? path.item(index) : path.child((String) step);
      }
      return path.toString();
    }
  }

  private static final Node.Scalar SOMETHING = new Node.Scalar("something", 0, 0);
  private static final Node.Mapping WRONG =
      new Node.Mapping(List.of(new Node.Entry("~ wrong ~", 0, 0, SOMETHING)), 0, 0);

  private static final Path FILE =
      Path.of("src/test/resources/io/fairlead/config/file/complete.yaml");
  private static final SourceText SOURCE = new SourceText(Loads.resource("complete.yaml"));
  private static final Node COMPLETE =
      requireNonNull(TreeReader.read(SOURCE, new Problems("complete.yaml")));

  private final Problems problems = new Problems("complete.yaml");

  static Stream<Place> sections() {
    var places = new ArrayList<Place>();
    collect(new Place(List.of(), ConfigSection.KEYS), places);
    return places.stream();
  }

  private static void collect(Place place, List<Place> places) {
    places.add(place);
    for (Key<?> key : place.table.keys().values()) {
      Place below = place.key(key.name());
      if (key.value() instanceof SectionValue(var table)) {
        collect(new Place(below.way, table), places);
      } else if (key.value() instanceof ListValue<?>(SectionValue(var table), _)) {
        for (int i = 0; i < itemCount(below); i++) {
          var item = new ArrayList<>(below.way);
          item.add(i);
          collect(new Place(item, table), places);
        }
      }
    }
  }

  private static int itemCount(Place list) {
    return find(COMPLETE, list.way) instanceof Node.Sequence(var items, _, _) ? items.size() : 1;
  }

  /** Each once, in the first item of its list that has it; not every key can be in every item. */
  static Stream<Place> keys() {
    var all = sections().flatMap(place -> place.table.names().stream().map(place::key)).toList();
    var places = new LinkedHashMap<String, Place>();
    for (Place key : all) {
      if (find(COMPLETE, key.way) != null) {
        places.putIfAbsent(withoutIndexes(key), key);
      }
    }
    all.forEach(key -> places.putIfAbsent(withoutIndexes(key), key));
    return places.values().stream();
  }

  private static String withoutIndexes(Place place) {
    return place.toString().replaceAll("\\[[0-9]+]", "");
  }

  static Stream<Place> keysWithADefault() {
    return keys().filter(key -> key.told().fallback() != null);
  }

  static Stream<Place> reservedKeys() {
    return sections().flatMap(place -> place.table.later().keySet().stream().map(place::key));
  }

  @Test
  void theWalkFindsSectionsAndKeys() {
    assertThat(sections().map(Place::toString))
        .contains("", "services[0].pools[0].members[0]", "sync.policy.trafficSplit[0]");
    assertThat(keys()).hasSizeGreaterThan(90);
    assertThat(reservedKeys()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void standsInTheCompleteFile(Place key) {
    assertThat(find(COMPLETE, key.way)).as("%s", key).isNotNull();
  }

  /** A key whose value nobody reads would be ignored. */
  @ParameterizedTest
  @MethodSource("keys")
  void isRefusedWhereItsValueIsOfAnotherKind(Place key) {
    List<Problem> found = read(edited(COMPLETE, key.way, WRONG));
    assertThat(found.stream().map(Problem::key).filter(path -> path.startsWith(key.toString())))
        .as(Loads.lines(found))
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isMissedOnlyWhereItIsRequired(Place key) {
    Key<?> told = key.told();
    List<Problem> found = read(edited(COMPLETE, key.way, null));

    List<String> missed =
        found.stream()
            .filter(problem -> problem.reason().startsWith("the key is missing"))
            .map(Problem::key)
            .toList();
    assertThat(missed).isEqualTo(told.required() ? List.of(key.toString()) : List.of());
  }

  @ParameterizedTest
  @MethodSource("reservedKeys")
  void isRefusedAsNotSupportedYet(Place key) {
    List<Problem> found = read(edited(COMPLETE, key.way, SOMETHING));

    assertThat(found).as(Loads.lines(found)).hasSize(1);
    assertThat(found.getFirst().key()).isEqualTo(key.toString());
    assertThat(found.getFirst().reason()).startsWith("not supported yet; reserved for ");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void tellsWhatItMeansAndWhatHoldsWithoutIt(Place key) {
    Key<?> told = key.told();
    assertThat(told.meaning()).isNotBlank();
    assertThat(told.value().allowed()).isNotBlank();
    assertThat(told.otherwise().isBlank()).isEqualTo(told.required());
  }

  /** A default is told as one would write it: written out, it reads as itself. */
  @ParameterizedTest
  @MethodSource("keysWithADefault")
  void itsDefaultReadsAsItself(Place key) {
    assertReadsAsItself(key.told());
  }

  private <T> void assertReadsAsItself(Key<T> key) {
    Value<T> value = key.value();
    Node node = yaml(key.otherwise());
    assertThat(value.read(node, KeyPath.ROOT, problems)).isEqualTo(key.fallback());
    assertThat(problems.errors()).isEmpty();
  }

  private Node yaml(String text) {
    return requireNonNull(TreeReader.read(new SourceText(text), problems));
  }

  private List<Problem> read(Node root) {
    Section section = new SectionValue(ConfigSection.KEYS).read(root, KeyPath.ROOT, problems);
    var context = new LoadContext(FILE, SOURCE, Loads.VERSION_TIME, problems, _ -> {});
    ConfigSection.read(section, context);
    return problems.errors();
  }

  private static @Nullable Node find(Node node, List<Object> way) {
    if (way.isEmpty()) {
      return node;
    }
    List<Object> rest = way.subList(1, way.size());
    return switch (node) {
      case Node.Sequence(var items, _, _) -> find(items.get((Integer) way.getFirst()), rest);
      case Node.Mapping mapping -> {
        Node.Entry entry = mapping.find((String) way.getFirst());
        yield entry == null ? null : find(entry.value(), rest);
      }
      case Node.Scalar _ -> null;
    };
  }

  /** The tree with another value at the end of the way, or with none. */
  private static Node edited(Node node, List<Object> way, @Nullable Node value) {
    Object step = way.getFirst();
    List<Object> rest = way.subList(1, way.size());
    if (node instanceof Node.Sequence(var items, var line, var column)) {
      var next = new ArrayList<>(items);
      next.set((Integer) step, edited(items.get((Integer) step), rest, value));
      return new Node.Sequence(next, line, column);
    }
    var mapping = (Node.Mapping) node;
    var entries = new ArrayList<>(mapping.entries());
    Node.Entry old = mapping.find((String) step);
    entries.remove(old);
    Node below = rest.isEmpty() || old == null ? value : edited(old.value(), rest, value);
    if (below != null) {
      entries.add(new Node.Entry((String) step, 1, 1, below));
    }
    return new Node.Mapping(entries, mapping.line(), mapping.column());
  }
}
