package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that look before one leaps: plan, diff, schema, and the manual. */
final class PlanProcessTest {
  @TempDir private Path folder;
  private Path before;
  private Path after;

  private record End(int exit, String out, String err) {}

  @BeforeEach
  void twoFiles() throws Exception {
    String yaml = FruitServer.yaml(folder, 8080);
    before = Files.writeString(folder.resolve("before.yaml"), yaml);
    after =
        Files.writeString(
            folder.resolve("after.yaml"),
            yaml.replace("127.0.20.1, weight: 1", "127.0.20.1, weight: 3")
                .replace("info     300", "note     300"));
  }

  private End run(Object... arguments) throws InterruptedException {
    var words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    try (var command = Launched.fairlead(folder, words)) {
      return new End(command.exit(), command.out(), command.err());
    }
  }

  @Test
  void planSaysWhoMovesWhatBreaksAndExits3() throws Exception {
    Path queries =
        Files.writeString(
            folder.resolve("queries"),
            """
            # three of four are for the service
            192.0.2.1 fruit.gslb.guzware.net A
            192.0.2.2 fruit.gslb.guzware.net A
            192.0.2.0/24 fruit.gslb.guzware.net A
            192.0.2.1 info.gslb.guzware.net TXT
            """);

    End allowed = run("plan", after, "--from", before, "--queries", queries, "--max-moved", "50%");
    assertThat(allowed.exit()).as(allowed.err()).isZero();
    assertThat(allowed.out())
        .contains("43.8 % of clients would move", "(4 questions)")
        .contains("25.0 %  127.0.10.1 (home-lab) -> 127.0.20.1 (remote-site)")
        .contains("breaks: info.gslb.guzware.net TXT becomes NXDOMAIN for 100.0 %");

    End refused =
        run(
            "plan",
            after,
            "--from",
            before,
            "--queries",
            queries,
            "--max-moved",
            "0.4",
            "--output",
            "json");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("more than 40.0 % of clients would move");
    assertThat(new ObjectMapper().readTree(refused.out()).path("moved").asDouble())
        .isEqualTo(0.4375);
  }

  @Test
  void planRefusesWhatItCannotUse() throws Exception {
    assertThat(run("plan", after, "--from", before, "--max-moved", "lots"))
        .satisfies(end -> assertThat(end.exit()).isEqualTo(64))
        .satisfies(end -> assertThat(end.err()).contains("0 to 1, or 0% to 100%"));
    assertThat(run("plan", folder.resolve("nowhere.yaml"), "--from", before).exit()).isEqualTo(78);
    assertThat(run("plan", after, "--server", "http://127.0.0.1:" + Ports.free()).exit())
        .isEqualTo(69);
  }

  @Test
  void diffOfFilesNeedsNoServer() throws Exception {
    End diff = run("diff", before, after);

    assertThat(diff.exit()).isZero();
    assertThat(diff.out())
        .contains("service fruit.gslb.guzware.net, pool both-sites, member 127.0.20.1")
        .contains("~ weight: 1 -> 3");
    assertThat(run("diff", before, before).out()).isEqualTo("no difference");
  }

  @Test
  void theManualHasAPageForEachCommandAndManReadsIt() throws Exception {
    assertThat(run("generate-man", folder.resolve("man")).exit()).isZero();

    try (Stream<Path> pages = Files.list(folder.resolve("man"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .contains("fairlead.1", "fairlead-serve.1", "fairlead-plan.1")
          .doesNotContain("fairlead-generate-man.1");
    }
    String plan = Files.readString(folder.resolve("man/fairlead-plan.1"));
    assertThat(plan)
        .startsWith(".TH \"FAIRLEAD-PLAN\" 1")
        .contains(".SH SYNOPSIS", "\\fB\\-\\-max\\-moved SHARE\\fR", "or 5%.", ".SH EXIT STATUS");
  }
}
