package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.sync.cluster.Kubeconfigs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * AMKO's own manifests in two clusters, over real HTTP, and what clients are answered then. The
 * VIPs are addresses of this host, at which sites answer or do not.
 */
final class AmkoScenarioTest {
  private static final String ONE = "cluster1-admin";
  private static final String TWO = "cluster2-admin";
  private static final String FOO = "foo.avi.internal";
  private static final Map<String, String> GSLB = Map.of("app", "gslb");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String VIP_ONE = "127.70.1.1";
  private static final String VIP_TWO = "127.70.2.1";

  private static final String YAML =
      """
      version: 1
      node: { stateDirectory: "@STATE@", readyTimeout: 60s }
      listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
      admin: { listen: "127.0.0.1:0" }
      rateLimit: { enabled: false }
      zones:
        - name: avi.internal
          contact: hostmaster.avi.internal
          nameServers: [ { name: ns1.avi.internal, addresses: ["127.0.0.1"] } ]
      sites: [ { name: one }, { name: two } ]
      monitors:
        - { name: my-health-monitor1, type: http, port: @PORT@, path: /, interval: 500ms,
            timeout: 400ms, rise: 1, fall: 1 }
      sync:
        kubeconfig: gslb-members
        clusters:
          - { context: cluster1-admin, site: one }
          - { context: cluster2-admin, site: two }
        policy:
          source: amko
          leader: cluster1-admin
      """;

  @TempDir private Path folder;
  private final Said said = new Said();
  private Manifests one;
  private Manifests two;
  private Site siteOne;
  private Site siteTwo;

  @BeforeEach
  void startClusters() throws IOException {
    one = new Manifests();
    two = new Manifests();
    List<Site> sites = Site.open(VIP_ONE, VIP_TWO);
    siteOne = sites.getFirst();
    siteTwo = sites.getLast();
    Files.writeString(
        folder.resolve("gslb-members"),
        Kubeconfigs.of(Map.of(ONE, one.api().url(), TWO, two.api().url())));
    for (Manifests cluster : List.of(one, two)) {
      cluster.api().putNamespace("red", Map.of("ns", "gslb"));
    }
    one.api().putIngress("red", "foo", GSLB, List.of(FOO), List.of(VIP_ONE));
    two.api().putIngress("red", "foo", GSLB, List.of(FOO), List.of(VIP_TWO));
    one.apply("gslbconfig.yaml");
    one.apply("gdp.yaml");
  }

  @AfterEach
  void stopClusters() {
    one.close();
    two.close();
    siteOne.close();
    siteTwo.close();
    said.close();
  }

  private FruitServer serve() throws Exception {
    String yaml =
        YAML.replace("@STATE@", folder.resolve("state").toString())
            .replace("@PORT@", Integer.toString(siteOne.port()));
    return FruitServer.start(folder, yaml);
  }

  private static void awaitShare(FruitServer server, String name, Map<String, Integer> ten) {
    Until.isTrue(
        () -> ten + " of " + name + ", not " + server.ask().share(name, 10),
        SOON,
        () -> server.ask().share(name, 10).equals(ten));
  }

  private static long ttl(FruitServer server, String name) {
    return server.ask().udp(name, Type.A).getSection(Section.ANSWER).getFirst().getTTL();
  }

  @Test
  void thePolicyOfTheLeaderSelectsWeighsAndProbesInBothClusters() throws Exception {
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));
      assertThat(ttl(server, FOO)).isEqualTo(10);

      siteTwo.kill();
      awaitShare(server, FOO, Map.of(VIP_ONE, 10));

      one.apply("gdp.yaml", gdp -> spec(gdp).put("ttl", 20));
      Until.isTrue("the new ttl", SOON, () -> ttl(server, FOO) == 20);

      two.api().putIngress("red", "other", Map.of(), List.of("x.avi.internal"), List.of(VIP_TWO));
      one.api().delete(Manifests.POLICIES, "avi-system", "global-gdp");
      Until.isTrue(
          "without a policy nothing is served",
          SOON,
          () -> server.ask().udp(FOO, Type.A).getRcode() == Rcode.NXDOMAIN);
    }
  }

  @Test
  void aRejectedPolicyLeavesTheLastOneInForceAndItsStatusSaysWhy() throws Exception {
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));
      one.apply("gdp.yaml", gdp -> spec(gdp).withArray("healthMonitorRefs").add("gone"));
      Until.isTrue(
          () -> "said, not " + one.api().patches(),
          SOON,
          () ->
              one.api().patches().stream()
                  .anyMatch(p -> p.body().contains("health monitor ref gone is invalid")));
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));
    }
  }

  @Test
  void aHostRuleOverridesThePolicyForItsName() throws Exception {
    one.apply("gslbhostrule.yaml");
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of("160.10.1.1", 7, "170.11.1.1", 3));
      assertThat(server.ask().share(FOO, 20)).isEqualTo(Map.of("160.10.1.1", 15, "170.11.1.1", 5));
      assertThat(ttl(server, FOO)).isEqualTo(30);

      one.api().deleteIngress("red", "foo");
      two.api().deleteIngress("red", "foo");
      awaitShare(server, FOO, Map.of("122.162.150.96", 10));

      one.api().delete(Manifests.RULES, "avi-system", "gslb-host-rule-1");
      Until.isTrue(
          "no members, no name",
          SOON,
          () -> server.ask().udp(FOO, Type.A).getRcode() == Rcode.NXDOMAIN);
    }
  }

  @Test
  void aHealthMonitorObjectIsReferredToAndAGlobalServiceComesBeforeTheRule() throws Exception {
    one.apply("gdp.yaml", gdp -> spec(gdp).withArray("healthMonitorRefs").removeAll().add("own"));
    one.api()
        .put(
            Manifests.HEALTH_MONITORS,
            "avi-system",
            "own",
            Map.of(),
            """
            "spec":{"type":"http","port":%d,"path":"/own","interval":"500ms","timeout":"400ms",
                    "rise":1,"fall":1}\
            """
                .formatted(siteOne.port()));
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));
      Until.isTrue("probed", SOON, () -> siteTwo.asked() > 0);
      siteTwo.kill();
      awaitShare(server, FOO, Map.of(VIP_ONE, 10));
      assertThat(server.get("/api/v1/services/" + FOO).body()).contains("/own");

      one.apply("gslbhostrule.yaml");
      Until.isTrue("the rule's ttl", SOON, () -> ttl(server, FOO) == 30);
      one.api()
          .put(
              Manifests.GLOBAL_SERVICES,
              "red",
              "foo",
              Map.of(),
              """
              "spec":{"host":"%s","ttl":"77s","trafficSplit":[{"cluster":"%s","publicAddress":"192.0.2.7"}]}\
              """
                  .formatted(FOO, ONE));
      Until.isTrue("the GlobalService's ttl", SOON, () -> ttl(server, FOO) == 77);
      one.api().delete(Manifests.GLOBAL_SERVICES, "red", "foo");
      Until.isTrue("the rule's again", SOON, () -> ttl(server, FOO) == 30);
    }
  }

  @Test
  void aCustomGlobalNameComesFromTheHostRuleWithItsAliases() throws Exception {
    one.apply("gslbconfig.yaml", config -> spec(config).put("useCustomGlobalFqdn", true));
    one.api().putIngress("red", "foo", GSLB, List.of("foo.region1.com"), List.of(VIP_ONE));
    one.apply("hostrule.yaml");
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 10));
      assertThat(server.ask().addresses("bar.avi.internal")).containsExactly(VIP_ONE);
      Until.isTrue(
          "the object's own host", SOON, () -> siteOne.hosts().contains("foo.region1.com"));
      assertThat(said.with("its alias baz.com is left out, it is in none of the zones")).hasSize(1);
    }
  }

  @Test
  void theApiTellsOfEachClusterAndWhyOfAnObject() throws Exception {
    one.api().putIngress("red", "odd", GSLB, List.of("o_dd.avi.internal"), List.of(VIP_ONE));
    one.api().putIngress("red", "far", GSLB, List.of("far.example.org"), List.of(VIP_ONE));
    two.api().putIngress("red", "plain", Map.of(), List.of("p.avi.internal"), List.of(VIP_TWO));
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));
      String why = "/api/v1/clusters/" + ONE + "/why/red/ingress/";
      assertThat(server.get(why + "odd").body()).contains("\"o_dd\\\" is not a label");
      assertThat(server.get(why + "far").body()).contains("left out, it is in none of the zones");
      assertThat(server.get(why + "gone").body()).contains("\"known\" : false");
      assertThat(server.get(why.replace(ONE, TWO) + "plain").body())
          .contains("it has not the label app: gslb");
      assertThat(server.get(why.replace(ONE, "three") + "odd").body())
          .contains("no cluster three; there are: " + ONE + ", " + TWO);
      assertThat(server.get("/api/v1/services/" + FOO).body())
          .contains(
              ONE
                  + "/red/Ingress/foo (policy: GlobalDeploymentPolicy avi-system/global-gdp;"
                  + " weight: trafficSplit of GlobalDeploymentPolicy avi-system/global-gdp)");

      Until.isTrue(
          "left out, and said",
          SOON,
          () -> server.get("/api/v1/clusters").body().contains("\"skipped\" : 1"));
      one.api().deleteIngress("red", "odd");
      Until.isTrue(
          "news although only what is left out has changed",
          SOON,
          () -> !server.get("/api/v1/clusters").body().contains("\"skipped\" : 1"));
    }
  }

  @Test
  void anEmptyListIsHeldUntilItIsAccepted() throws Exception {
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));
      two.api().loseEverything();
      two.api().expire();
      Until.isTrue(
          "held",
          SOON,
          () -> server.get("/api/v1/clusters/" + TWO).body().contains("\"held\" : 1"));
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));

      assertThat(command(server, 0, "clusters", "--accept-shrink", TWO))
          .isEqualTo("cluster " + TWO + ": 1 members let go");
      awaitShare(server, FOO, Map.of(VIP_ONE, 10));
      assertThat(command(server, 0, "why", ONE, "red/Ingress/foo"))
          .isEqualTo(ONE + " red/Ingress/foo: selected\n  " + FOO + " at " + VIP_ONE);
      assertThat(command(server, 1, "why", TWO, "red/Ingress/foo"))
          .startsWith(TWO + " red/Ingress/foo: not known");
    }
  }

  @Test
  void aRestartWithoutAnyClusterServesTheSameBySamePolicy() throws Exception {
    one.apply("gslbhostrule.yaml");
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of("160.10.1.1", 7, "170.11.1.1", 3));
    }
    one.close();
    two.close();
    try (var server = serve()) {
      assertThat(server.ask().share(FOO, 20)).isEqualTo(Map.of("160.10.1.1", 15, "170.11.1.1", 5));
      assertThat(ttl(server, FOO)).isEqualTo(30);
    }
  }

  /** How the Lease and the copies behave is the sync agent's to test; here is who asks for it. */
  @Test
  void anOperatorSeesTheFederationAndIsToldWhyNobodyCanBePromoted() throws Exception {
    try (var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 8, VIP_TWO, 2));
      String url = "http://127.0.0.1:" + server.server().adminAddress().getPort();
      Until.isTrue(
          "it has looked",
          SOON,
          () -> server.get("/api/v1/federation").body().contains("there is no AMKOCluster"));
      try (var status = Launched.fairlead(folder, "federation", "status", "--server", url)) {
        assertThat(status.exit()).as(status.err()).isZero();
        assertThat(status.out())
            .isEqualTo("cluster1-admin  off  there is no AMKOCluster in cluster1-admin");
      }
      try (var promote =
          Launched.fairlead(folder, "federation", "promote", "cluster3", "--server", url)) {
        assertThat(promote.exit()).isEqualTo(75);
        assertThat(promote.err())
            .contains("no cluster cluster3; there are: cluster1-admin, cluster2-admin");
      }
      try (var promote = Launched.fairlead(folder, "federation", "promote", TWO, "--server", url)) {
        assertThat(promote.exit()).isEqualTo(75);
        assertThat(promote.err()).contains("cluster2-admin has no AMKOCluster in avi-system");
      }
    }
  }

  @Test
  void withoutReferencesAnObjectIsProbedByItsPathsWithItsOwnHost() throws Exception {
    assumeTrue(mayHavePort80(), "ports below 1024 are not this user's");
    one.apply("gdp.yaml", gdp -> spec(gdp).remove("healthMonitorRefs"));
    try (var at80 = Site.at(VIP_ONE, 80);
        var server = serve()) {
      awaitShare(server, FOO, Map.of(VIP_ONE, 10));
      Until.isTrue("probed with its host", SOON, () -> at80.hosts().contains(FOO));
    }
  }

  private String command(FruitServer server, int exit, String... words)
      throws InterruptedException {
    String url = "http://127.0.0.1:" + server.server().adminAddress().getPort();
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--server", url)).toArray(String[]::new);
    try (var command = Launched.fairlead(folder, all)) {
      assertThat(command.exit()).as(command.out() + command.err()).isEqualTo(exit);
      return command.out();
    }
  }

  private static boolean mayHavePort80() {
    try (var socket = new ServerSocket(80, 1, InetAddress.ofLiteral(VIP_ONE))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ObjectNode spec(ObjectNode object) {
    return (ObjectNode) object.get("spec");
  }
}
