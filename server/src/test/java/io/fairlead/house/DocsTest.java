package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents tell the truth about the tree; their commands are run by .ci/commands. */
final class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  /** {@code `QueryHandler`}, {@code `Fairlead.start(...)`}; not {@code `UP`}, not {@code `A`}. */
  private static final Pattern TICKED = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)[`.]");

  /** In a drawing nothing is ticked; two humps make a type. */
  private static final Pattern DRAWN = Pattern.compile("\\b([A-Z][a-z]+(?:[A-Z][a-z]+)+)\\b");

  private static final Pattern CODE = Pattern.compile("(?s)```(?:java|xml)\n(.*?)```");

  static List<Path> documents() {
    return House.files(".md");
  }

  static List<Path> configurations() {
    return House.files(".yaml").stream()
        .filter(file -> !file.toString().contains("/src/"))
        .filter(file -> House.read(file).contains("\nversion: 1"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) {
    Path absolute = House.ROOT.resolve(document);

    Stream<String> links =
        LINK.matcher(House.read(document)).results().map(match -> match.group(1));

    assertThat(links.filter(link -> !Files.exists(absolute.resolveSibling(link))))
        .as("links of %s that lead nowhere", document)
        .isEmpty();
  }

  @Test
  void theMapNamesTypesThatAreThere() {
    String map = House.read(Path.of("ARCHITECTURE.md"));
    String drawings =
        map.lines().filter(line -> line.startsWith("    ")).collect(Collectors.joining("\n"));
    Stream<MatchResult> named =
        Stream.concat(TICKED.matcher(map).results(), DRAWN.matcher(drawings).results());

    assertThat(named.map(match -> match.group(1)).distinct())
        .as("ARCHITECTURE.md names these, and the tree has them not: correct the map")
        .isSubsetOf(types());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationThatIsShippedLoads(Path file) {
    assertThat(ConfigLoader.load(House.ROOT.resolve(file)))
        .as("%s", file)
        .isInstanceOf(Result.Loaded.class);
  }

  /** What is shown is what {@code .ci/embedding} builds. */
  @Test
  void theCodeOfEmbeddingIsItsProjects() {
    String project =
        House.files("").stream()
            .filter(file -> file.startsWith("docs/embedding"))
            .map(House::read)
            .collect(Collectors.joining());
    List<String> shown =
        CODE.matcher(House.read(Path.of("docs/embedding.md")))
            .results()
            .map(block -> block.group(1))
            .toList();

    assertThat(shown).isNotEmpty().allSatisfy(block -> assertThat(project).contains(block));
  }

  private static Set<String> types() {
    Stream<String> compiled = House.CLASSES.stream().map(JavaClass::getSimpleName);
    Stream<String> sources =
        House.javaFiles().stream()
            .map(file -> file.getFileName().toString())
            .map(name -> name.substring(0, name.lastIndexOf('.')));
    return Stream.concat(compiled, sources).collect(Collectors.toSet());
  }
}
