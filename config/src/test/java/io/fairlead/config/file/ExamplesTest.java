package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples load as they stand, and their README knows them all. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");

  static Stream<Path> examples() throws IOException {
    try (var files = Files.walk(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void loadsWithoutAWord(Path example) {
    assertThat(ConfigLoader.load(example))
        .isInstanceOfSatisfying(Loaded.class, loaded -> assertThat(loaded.warnings()).isEmpty());
  }

  @Test
  void theReadmeNamesEach() throws IOException {
    String readme = Files.readString(EXAMPLES.resolve("README.md"));
    try (var files = Files.walk(EXAMPLES)) {
      assertThat(
              files.filter(Files::isRegularFile).map(file -> EXAMPLES.relativize(file).toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }
  }
}
