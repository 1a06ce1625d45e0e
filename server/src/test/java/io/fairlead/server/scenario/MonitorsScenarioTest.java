package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** More than one monitor behind real sockets: a site's own, one near this node, one of a name. */
final class MonitorsScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String MORE_MONITORS =
      """
      monitors:
        - { name: site, type: tcp, port: @PORT@, interval: 200ms, fall: 1, rise: 1 }
        - { name: near, type: http, port: @PORT@, interval: 200ms, fall: 1, rise: 1 }
      """;

  private static final String NEAR = "127.0.30.1";

  @TempDir private Path folder;
  private List<Site> sites;

  @BeforeEach
  void openSites() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1", NEAR, "127.0.0.1");
  }

  @AfterEach
  void closeSites() {
    sites.forEach(Site::close);
  }

  @Test
  void aSiteThatIsDownTakesItsMembersAndIsNamed() throws Exception {
    try (var fruit =
        start(
            "sites: [ { name: home-lab }",
            "sites: [ { name: home-lab, monitors: [site], address: 127.0.30.1 }")) {
      sites.get(2).kill();
      Until.isTrue(
          "home-lab has left",
          SOON,
          () -> !fruit.ask().share(FruitServer.NAME, 4).containsKey("127.0.10.1"));

      assertThat(service(fruit)).contains("\"of\" : \"site\"").contains("refused by 127.0.30.1");
      assertThat(explained(fruit))
          .contains("its site home-lab fails its own check")
          .contains("refused by 127.0.30.1");
      sites.get(2).start();
      Until.isTrue(
          "home-lab is back",
          SOON,
          () -> fruit.ask().share(FruitServer.NAME, 4).containsKey("127.0.10.1"));
    }
  }

  @Test
  void whileNoReferenceAnswersVerdictsStandStillAndItIsSaid() throws Exception {
    try (var fruit =
        start(
            "fall: 1, rise: 1 }\n  - { name: apple",
            "fall: 1, rise: 1, reference: [127.0.30.1] }\n  - { name: apple")) {
      sites.forEach(Site::kill);
      Until.isTrue(
          "the node is blind",
          SOON,
          () -> fruit.get("/readyz").body().contains("this node is blind"));
      assertThat(fruit.get("/readyz").statusCode()).as("it answers").isEqualTo(200);
      assertThat(fruit.get("/metrics").body()).contains("fairlead_blind 1.0");
      assertThat(explained(fruit)).contains("\"blind\" : true");
      Until.isTrue(
          "failures that do not count",
          SOON,
          () -> service(fruit).contains("refused by 127.0.10.1"));
      assertThat(service(fruit)).contains("\"state\" : \"up\"").doesNotContain("\"down\"");

      sites.get(2).start();
      Until.isTrue(
          "it sees, and believes", SOON, () -> service(fruit).contains("\"verdict\" : \"down\""));
      assertThat(fruit.get("/readyz").body()).doesNotContain("blind");
    }
  }

  private static String explained(FruitServer fruit) {
    return fruit.get("/api/v1/explain?name=" + FruitServer.NAME).body();
  }

  @Test
  void aMemberThatAnOperatorDisablesIsNotProbed() throws Exception {
    try (var fruit = start("rise: 2, fall: 2 }", "rise: 1, fall: 1 }")) {
      override(fruit, "PUT", "{\"state\": \"disable\"}");
      Until.isTrue("it is said", SOON, () -> service(fruit).contains("not probed: it is disabled"));
      int before = askedOnceMore(sites.getFirst());
      awaitRounds(sites.get(1), 5);
      assertThat(sites.getFirst().asked()).isEqualTo(before);

      override(fruit, "DELETE", "");
      awaitRounds(sites.getFirst(), 2);
      assertThat(service(fruit)).doesNotContain("not probed");
    }
  }

  @Test
  void unlessTheFileAsksForIt() throws Exception {
    try (var fruit =
        start("node: { name: dns-1,", "node: { name: dns-1, probes: { disabledMembers: true },")) {
      override(fruit, "PUT", "{\"state\": \"disable\"}");
      awaitRounds(sites.getFirst(), 5);
      assertThat(service(fruit)).contains("\"state\" : \"disabled\"").contains("status 200");
    }
  }

  @Test
  void neitherIsOneThatTheFileDisables() throws Exception {
    try (var fruit =
        start("address: 127.0.10.1, weight: 1", "address: 127.0.10.1, enabled: false")) {
      awaitRounds(sites.get(1), 5);
      assertThat(sites.getFirst().asked()).isZero();
      override(fruit, "PUT", "{\"state\": \"enable\"}");
      awaitRounds(sites.getFirst(), 2);
    }
  }

  /** A probe that was under way has ended when another site was asked again, and again. */
  private int askedOnceMore(Site site) {
    awaitRounds(sites.get(1), 2);
    return site.asked();
  }

  private static void awaitRounds(Site site, int rounds) {
    int before = site.asked();
    Until.isTrue(rounds + " more probes", SOON, () -> site.asked() >= before + rounds);
  }

  private static void override(FruitServer fruit, String method, String body) throws Exception {
    int port = fruit.server().adminAddress().getPort();
    var uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/overrides/members/%s/127.0.10.1"
                .formatted(port, FruitServer.NAME));
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }
  }

  @Test
  void aMemberThatIsANameIsProbedWhereItLeadsTo() throws Exception {
    String yaml = yaml("rise: 2, fall: 2 }", "rise: 1, fall: 1 }");
    String members = yaml.substring(yaml.indexOf("members:"));
    try (var fruit =
        FruitServer.start(
            folder,
            yaml.replace(members, "members: [ { site: home-lab, hostname: localhost } ]\n"))) {
      assertThat(service(fruit)).contains("\"target\" : \"localhost:" + sites.getFirst().port());
      Until.isTrue("it is up", SOON, () -> service(fruit).contains("status 200"));
      sites.getLast().kill();
      Until.isTrue("it is down", SOON, () -> service(fruit).contains("refused by 127.0.0.1"));
      assertThat(fruit.ask().udp(FruitServer.NAME, Type.A).getSection(1)).isNotEmpty();
    }
  }

  private FruitServer start(String good, String other) throws Exception {
    return FruitServer.start(folder, yaml(good, other));
  }

  private String yaml(String good, String other) {
    return FruitServer.yaml(folder, sites.getFirst().port())
        .replace("interval: 1s, timeout: 500ms", "interval: 200ms, timeout: 200ms")
        .replace(
            "monitors:\n  -",
            MORE_MONITORS.replace("@PORT@", Integer.toString(sites.getFirst().port())) + "  -")
        .replace(good, other);
  }

  private static String service(FruitServer fruit) {
    return fruit.get("/api/v1/services/" + FruitServer.NAME).body();
  }
}
