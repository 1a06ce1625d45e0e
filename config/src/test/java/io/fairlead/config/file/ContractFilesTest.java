package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import io.fairlead.config.file.ConfigLoader.Result.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that others rely on, where a checkout of them lies beside the project. */
class ContractFilesTest {
  private static final List<Path> PLACES =
      List.of(Path.of("../../shared/contract"), Path.of("../../../shared/contract"));

  private Path contract = PLACES.getFirst();

  @BeforeEach
  void isBesideTheProject() {
    var found = PLACES.stream().filter(Files::isDirectory).findFirst();
    assumeTrue(found.isPresent(), "no contract files beside the project");
    contract = found.orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fruit.yaml", "ingress.yaml", "policies.yaml"})
  void loads(String file) {
    assertThat(ConfigLoader.load(contract.resolve(file)))
        .isInstanceOfSatisfying(Loaded.class, loaded -> assertThat(loaded.warnings()).isEmpty());
  }

  @Test
  void clustersNameAllThatIsNotBuiltAndNothingElse() {
    assertThat(lastKeysNotSupportedYet("clusters.yaml")).containsOnly("source", "leader");
  }

  private List<String> lastKeysNotSupportedYet(String file) {
    if (ConfigLoader.load(contract.resolve(file)) instanceof Refused(var problems)) {
      assertThat(problems).allSatisfy(ContractFilesTest::isNotSupportedYet);
      return problems.stream()
          .map(problem -> Arrays.asList(problem.key().split("\\.")).getLast())
          .toList();
    }
    throw new AssertionError(file + " loads; this test is to be changed to say so");
  }

  private static void isNotSupportedYet(Problem problem) {
    assertThat(problem.reason()).contains("not supported yet");
    assertThat(problem.line()).isPositive();
    assertThat(problem.column()).isPositive();
  }
}
