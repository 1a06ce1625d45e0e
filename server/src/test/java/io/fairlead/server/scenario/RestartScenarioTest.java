package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What the last process knew is what the next one begins with. */
final class RestartScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;

  @BeforeEach
  void openSites() throws IOException {
    sites = Site.open("127.0.10.1", "127.0.20.1");
  }

  @AfterEach
  void closeSites() {
    sites.forEach(Site::close);
    said.close();
  }

  private int port() {
    return sites.getFirst().port();
  }

  /** Probes that end long after the test: whatever is known was restored. */
  private String slowProbes() {
    return FruitServer.yaml(folder, port())
        .replace("interval: 1s, timeout: 500ms", "interval: 120s, timeout: 60s");
  }

  /** Sites that take connections and never answer, in place of those that ran. */
  private List<ServerSocket> holes() throws IOException {
    var holes = new ArrayList<ServerSocket>();
    for (Site site : sites) {
      site.kill();
      holes.add(new ServerSocket(port(), 50, InetAddress.ofLiteral(site.literal())));
    }
    return holes;
  }

  private static void close(List<ServerSocket> holes) throws IOException {
    for (ServerSocket hole : holes) {
      hole.close();
    }
  }

  private void serveWithOneSiteDead() throws Exception {
    try (var fruit = FruitServer.start(folder, port())) {
      sites.getFirst().kill();
      Until.isTrue(
          "home-lab has left",
          SOON,
          () -> !fruit.ask().share(FruitServer.NAME, 4).containsKey("127.0.10.1"));
    }
  }

  @Test
  void aDeadSiteIsNotAnsweredFromTheFirstAnswerOn() throws Exception {
    serveWithOneSiteDead();
    List<ServerSocket> holes = holes();
    long serial;
    try (var fruit = FruitServer.launch(folder, slowProbes())) {
      var ask = fruit.ask();
      var answers = new ArrayList<String>();
      while (answers.size() < 20) {
        Message reply = ask.udp(FruitServer.NAME, Type.A);
        // Bound but not ready: SERVFAIL with extended error 14, and never a guess.
        assertThat(reply.getRcode()).isIn(Rcode.NOERROR, Rcode.SERVFAIL);
        reply.getSection(Section.ANSWER).forEach(record -> answers.add(record.rdataToString()));
      }

      assertThat(answers).containsOnly("127.0.20.1");
      assertThat(fruit.server().published().model().firstRoundDone())
          .as("no probe has ended yet")
          .isFalse();
      serial = serial(fruit);
    } finally {
      close(holes);
    }
    try (var fruit = FruitServer.launch(folder, slowProbes())) {
      fruit.server().awaitAnswering(SOON);
      assertThat(serial(fruit)).as("serials never go back").isGreaterThanOrEqualTo(serial);
    }
  }

  private static long serial(FruitServer fruit) {
    Message reply = fruit.ask().udp("gslb.guzware.net", Type.SOA);
    return ((org.xbill.DNS.SOARecord) reply.getSection(Section.ANSWER).getFirst()).getSerial();
  }

  @Test
  void withoutAStateNothingIsAnsweredBeforeTheFirstVerdicts() throws Exception {
    List<ServerSocket> holes = holes();
    try (var fruit = FruitServer.launch(folder, slowProbes())) {
      for (Message reply :
          List.of(
              fruit.ask().udp(FruitServer.NAME, Type.A),
              fruit.ask().tcp(FruitServer.NAME, Type.A))) {
        assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(reply.getOPT().getOptions(15))
            .singleElement()
            .isInstanceOfSatisfying(
                ExtendedErrorCodeOption.class,
                error -> assertThat(error.getErrorCode()).isEqualTo(14));
      }
      assertThat(fruit.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(fruit.get("/livez").statusCode()).isEqualTo(200);
    } finally {
      close(holes);
    }
  }

  @Test
  void theBoundedWaitEndsInAnswersAsConfigured() throws Exception {
    List<ServerSocket> holes = holes();
    String yaml = slowProbes().replace("name: dns-1,", "name: dns-1, readyTimeout: 1s,");
    try (var fruit = FruitServer.start(folder, yaml)) {
      assertThat(fruit.ask().share(FruitServer.NAME, 20))
          .containsEntry("127.0.10.1", 10)
          .containsEntry("127.0.20.1", 10);
      assertThat(said.with("the wait for the first verdicts")).hasSize(1);
    } finally {
      close(holes);
    }
  }

  /** Whatever became of the files: the server starts, says what it passed over, and answers. */
  @ParameterizedTest
  @ValueSource(strings = {"cut", "flipped", "empty", "later version"})
  void aDamagedStateStopsNoStart(String damage) throws Exception {
    serveWithOneSiteDead();
    sites.getFirst().start();
    damage(folder.resolve("state/state.json"), damage);
    damage(folder.resolve("state/state.previous.json"), damage);

    try (var fruit = FruitServer.start(folder, port())) {
      assertThat(fruit.ask().share(FruitServer.NAME, 20)).hasSize(2);
      assertThat(said.with("passed over a kept state")).hasSize(2);
    }
    assertThat(Files.readString(folder.resolve("state/state.json"))).contains("\"up\"");
  }

  private static void damage(Path file, String how) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    Files.delete(file);
    switch (how) {
      case "cut" -> Files.write(file, Arrays.copyOf(octets, octets.length / 2));
      case "flipped" -> {
        octets[octets.length / 2] ^= 4;
        Files.write(file, octets);
      }
      case "empty" -> Files.createFile(file);
      default -> Files.writeString(file, "fairlead-state 9 00\n{}");
    }
  }
}
