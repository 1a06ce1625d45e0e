package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of docs/failure-modes.md is held by a test, and each test of a fault has its row. */
final class FailureModesTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  /** What a test of a fault says of itself, by its number in the catalogue of faults. */
  private static final Pattern FAULT = Pattern.compile("(?m)^ ?(?:/\\*\\*| \\*) F\\d+: ");

  static List<String> rows() {
    return House.read(Path.of("docs/failure-modes.md"))
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| when "))
        .toList();
  }

  private static Stream<Path> tests() {
    return House.javaFiles().stream().filter(House::isTest);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static Set<String> named(String text) {
    return TEST.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachNamesTestsThatAreThere(String row) {
    String last = row.substring(row.lastIndexOf(" | ") + 1);

    assertThat(named(last)).as("no test holds this row").isNotEmpty();
    assertThat(tests().map(FailureModesTest::name)).containsAll(named(last));
  }

  @Test
  void eachTestOfAFaultHasARow() {
    Stream<String> faults =
        tests().filter(file -> FAULT.matcher(House.read(file)).find()).map(FailureModesTest::name);

    assertThat(named(String.join("\n", rows()))).containsAll(faults.toList());
  }
}
