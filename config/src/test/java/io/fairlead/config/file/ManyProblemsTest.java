package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several things broken at once: all are told, in the file's order, and none because of another.
 */
class ManyProblemsTest {
  private static final String GOOD = Loads.TWO_SITES;

  @TempDir Path folder;

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    String text =
        GOOD.replace("version: 1", "version: one")
            .replace("port: 8080", "port: 99999")
            .replace("site: home-lab", "site: atlantis")
            .replace("www      300 IN CNAME fruit", "www 300 IN BOGUS x")
            .replace("admin:", "amdin:");

    assertThat(Loads.problems(folder, text).stream().map(p -> p.line() + " " + p.key()))
        .containsExactly(
            "1 version",
            "8 amdin",
            "20 zones[0].records",
            "28 monitors[0].port",
            "46 services[0].pools[0].members[0].site");
  }

  @Test
  void eachOfSeveralBadRecordsHasItsLine() {
    String text =
        GOOD.replace("info     300", "info     300x").replace("300 IN CNAME", "300 CH CNAME");

    assertThat(Loads.lines(Loads.problems(folder, text)))
        .contains("fairlead.yaml:18:7: zones[0].records: \"300x\" is not a TTL")
        .contains("fairlead.yaml:20:7: zones[0].records: class CH is not served; allowed: IN");
  }

  /** What could not be read is not held against what refers to it. */
  @Test
  void aBadDeclarationIsTheOnlyProblem() {
    String text = GOOD.replace("- name: home-lab", "- name: \"home lab\"");
    assertThat(Loads.problems(folder, text)).hasSize(1);

    String item = GOOD.replace("- name: remote-site", "- remote-site");
    assertThat(Loads.problems(folder, item)).hasSize(1);

    String zone = GOOD.replace("name: gslb.example.com", "name: gslb..example.com");
    assertThat(Loads.problems(folder, zone)).hasSize(1);
  }

  @Test
  void aThousandProblemsAreToldAndTheRestCounted() {
    String text = GOOD + "a%d: 1\n".repeat(5000).formatted((Object[]) numbers(5000));

    List<Problem> problems = Loads.problems(folder, text);

    assertThat(problems).hasSize(1001);
    assertThat(problems.getLast().reason()).isEqualTo("4000 more problems are not shown");
  }

  private static Integer[] numbers(int count) {
    return IntStream.range(0, count).boxed().toArray(Integer[]::new);
  }
}
