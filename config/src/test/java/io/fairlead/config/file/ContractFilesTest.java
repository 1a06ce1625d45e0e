package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
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
  @ValueSource(strings = {"fruit.yaml", "ingress.yaml", "policies.yaml", "clusters.yaml"})
  void loads(String file) {
    // The policies have a rule for an autonomous system, and a database that knows none.
    int warnings = file.equals("policies.yaml") ? 1 : 0;
    assertThat(ConfigLoader.load(contract.resolve(file)))
        .isInstanceOfSatisfying(
            Loaded.class, loaded -> assertThat(loaded.warnings()).hasSize(warnings));
  }
}
