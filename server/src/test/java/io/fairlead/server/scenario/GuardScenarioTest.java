package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites die together: the server says so everywhere, and an operator lets them go. */
final class GuardScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SERVICE =
      """
        - name: s-N-.gslb.guzware.net
          monitors: [apple]
          pools:
            - name: main
              members:
                - { site: home-lab, address: 127.0.10.1 }
                - { site: remote-site, address: 127.0.20.1 }
      """;

  @TempDir private Path folder;

  @Test
  void isLoudAndReleasedByAnOperator() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    var yaml = new StringBuilder(FruitServer.yaml(folder, sites.getFirst().port()));
    for (int i = 0; i < 10; i++) {
      yaml.append(SERVICE.replace("-N-", Integer.toString(i)));
    }
    try (var fruit = FruitServer.start(folder, yaml.toString())) {
      assertThat(fruit.get("/api/v1/guard").body())
          .contains("\"on\" : false", "\"monitored\" : 22");

      sites.forEach(Site::kill);
      Until.isTrue("on", SOON, () -> fruit.get("/api/v1/guard").body().contains("\"on\" : true"));

      assertThat(fruit.get("/readyz").body()).contains("the mass-down guard is on since ");
      assertThat(fruit.get("/metrics").body()).contains("fairlead_guard_on 1");
      String url = "http://127.0.0.1:" + fruit.server().adminAddress().getPort();
      assertThat(run("status", "--server", url)).contains("the mass-down guard is on since ");
      Until.isTrue("all", SOON, () -> fruit.get("/api/v1/guard").body().contains("\"down\" : 22"));
      assertThat(fruit.get("/metrics").body()).contains("fairlead_members{state=\"guarded\"}");

      assertThat(run("guard", "release", "--server", url)).contains("is off; of 22");
      assertThat(fruit.get("/metrics").body()).contains("fairlead_guard_on 0");
      assertThat(fruit.get("/api/v1/services/s3.gslb.guzware.net").body())
          .doesNotContain("guarded\"");
    } finally {
      sites.forEach(Site::close);
    }
  }

  private String run(String... words) throws InterruptedException {
    try (var command = Launched.fairlead(folder, words)) {
      assertThat(command.exit()).as(command.err()).isZero();
      return command.out();
    }
  }
}
