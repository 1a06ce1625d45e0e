package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard against what a server really offers to a scraper. */
final class MonitoringTest {
  private static final Path FOLDER = Path.of("../deploy/monitoring");
  private static final Pattern METRIC = Pattern.compile("\\b(fairlead|jvm)_[a-z_]+\\b");

  @TempDir private Path folder;

  private static String promtool(String input, String... arguments) throws Exception {
    assumeTrue(
        Files.exists(Path.of("/usr/bin/promtool")), "no promtool: apt-get install prometheus");
    var command = new ArrayList<>(List.of("/usr/bin/promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.outputWriter()) {
      out.write(input);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void promtoolReadsTheRules() throws Exception {
    assertThat(promtool("", "check", "rules", FOLDER.resolve("alerts.yaml").toString()))
        .contains("5 rules found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
  void eachMetricThatIsNamedIsInAScrape(String file) throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    try (FruitServer fruit = FruitServer.start(folder, sites.getFirst().port())) {
      String scrape = fruit.get("/metrics").body();
      Set<String> offered =
          scrape
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("[{ ]", 2)[0])
              .collect(Collectors.toSet());
      var named = new TreeSet<String>();
      METRIC
          .matcher(Files.readString(FOLDER.resolve(file)))
          .results()
          .forEach(match -> named.add(match.group()));

      assertThat(named).isNotEmpty().isSubsetOf(offered);
      promtool(scrape, "check", "metrics", "--extended");
    } finally {
      sites.forEach(Site::close);
    }
  }

  @Test
  void panelsAsk() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());

    assertThat(dashboard.path("panels"))
        .isNotEmpty()
        .allMatch(panel -> !panel.at("/targets/0/expr").asText().isEmpty());
  }
}
