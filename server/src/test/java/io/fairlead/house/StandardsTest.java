package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of docs/standards.md names the test that holds it, or says why there is none. */
final class StandardsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]\\d+) \\| (.+?) \\| (.+?) \\| (.+?) \\| (.+?) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  record Row(String number, String asked, String here, String rfc, String test) {
    @Override
    public String toString() {
      return number + " " + asked;
    }
  }

  static List<Row> rows() {
    return House.read(Path.of("docs/standards.md"))
        .lines()
        .map(ROW::matcher)
        .filter(matcher -> matcher.matches())
        .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)))
        .toList();
  }

  @Test
  void noRowIsLost() {
    List<String> expected = new ArrayList<>();
    for (String section : List.of("H22", "A32", "E13", "C11", "K9", "T15")) {
      int last = Integer.parseInt(section.substring(1));
      IntStream.rangeClosed(1, last).forEach(n -> expected.add(section.charAt(0) + "" + n));
    }
    assertThat(rows().stream().map(Row::number)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesATestThatIsThereOrSaysWhyThereIsNone(Row row) {
    Set<String> there =
        House.javaFiles().stream()
            .filter(House::isTest)
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    List<String> named = TEST.matcher(row.test()).results().map(found -> found.group(1)).toList();

    assertThat(there).as("the tests of %s", row).containsAll(named);
    if (named.isEmpty()) {
      assertThat(row.here() + row.test()).as("why %s has none", row).hasSizeGreaterThan(20);
    }
  }

  /** Rows that quote an RFC are held by a test that does so too. */
  @Test
  void testsOfTheWireCiteTheirSections() {
    Stream<String> silent =
        Stream.of(
                "HeaderAndMessageTest",
                "TruthTest",
                "AliasAndDelegationTest",
                "EdnsTest",
                "CookieTest",
                "ServerOptionsTest",
                "TruncationTest",
                "AdditionalTest",
                "TcpLimitsTest")
            .filter(
                name ->
                    House.javaFiles().stream()
                        .filter(file -> file.endsWith(name + ".java"))
                        .noneMatch(file -> House.read(file).contains("RFC ")));

    assertThat(silent).isEmpty();
  }
}
