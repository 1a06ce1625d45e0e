package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.sync.cluster.Kubeconfigs;
import io.fairlead.sync.cluster.ScriptedApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Global names from the Ingress objects of two clusters, over real HTTP. */
final class IngressScenarioTest {
  private static final String LAB = "k8slab-admin@k8slab";
  private static final String TKGS = "tkgs-cluster-1-admin@tkgs-cluster-1";
  private static final Map<String, String> GSLB = Map.of("app", "gslb");
  private static final String SHOP = "shop.gslb.guzware.net";
  private static final String ONLY = "only.gslb.guzware.net";
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String YAML =
      """
      version: 1
      node: { stateDirectory: "@STATE@", readyTimeout: 60s }
      listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
      admin: { listen: "127.0.0.1:0" }
      zones:
        - name: gslb.guzware.net
          contact: hostmaster.guzware.net
          nameServers: [ { name: ns1.gslb.guzware.net, addresses: ["127.0.0.1"] } ]
      sites:
        - { name: home-lab }
        - { name: remote-site }
      sync:
        kubeconfig: gslb-members
        clusters:
          - { context: k8slab-admin@k8slab,                 site: home-lab }
          - { context: tkgs-cluster-1-admin@tkgs-cluster-1, site: remote-site }
        policy:
          source: file
          appSelector: { app: gslb }
          ttl: 2s
          algorithm: round-robin
          trafficSplit:
            - { cluster: k8slab-admin@k8slab, weight: 8, priority: 10 }
      """;

  @TempDir private Path folder;
  private final Said said = new Said();
  private ScriptedApiServer lab;
  private ScriptedApiServer tkgs;

  @BeforeEach
  void startClusters() throws IOException {
    lab = ScriptedApiServer.start();
    tkgs = ScriptedApiServer.start();
    lab.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.1.1"));
    tkgs.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.2.1"));
    tkgs.putIngress("web", "only", GSLB, List.of(ONLY), List.of("10.0.2.2"));
    kubeconfig(lab.url(), tkgs.url());
  }

  private void kubeconfig(String labUrl, String tkgsUrl) throws IOException {
    Files.writeString(
        folder.resolve("gslb-members"), Kubeconfigs.of(Map.of(LAB, labUrl, TKGS, tkgsUrl)));
  }

  @AfterEach
  void stopClusters() {
    lab.close();
    tkgs.close();
    said.close();
  }

  private FruitServer serve(String yaml) throws Exception {
    return FruitServer.start(folder, yaml.replace("@STATE@", folder.resolve("state").toString()));
  }

  private static void awaitShare(FruitServer server, String name, Map<String, Integer> nine) {
    Until.isTrue(
        () -> nine + " of " + name + ", not " + server.ask().share(name, 9),
        SOON,
        () -> server.ask().share(name, 9).equals(nine));
  }

  @Test
  void theHostsOfBothClustersAreServedInTheirShares() throws Exception {
    try (var server = serve(YAML)) {
      assertThat(server.ask().share(SHOP, 9))
          .as("from the first answer on")
          .isEqualTo(Map.of("10.0.1.1", 8, "10.0.2.1", 1));
      assertThat(server.ask().share(ONLY, 9)).isEqualTo(Map.of("10.0.2.2", 9));
      assertThat(server.ask().udp(SHOP, Type.A).getSection(1).getFirst().getTTL()).isEqualTo(2);
    }
  }

  @Test
  void theHigherPriorityIsServedAlone() throws Exception {
    String yaml = YAML + "      - { cluster: " + TKGS + ", weight: 1, priority: 20 }\n";
    try (var server = serve(yaml)) {
      awaitShare(server, SHOP, Map.of("10.0.2.1", 9));

      tkgs.deleteIngress("web", "shop");
      awaitShare(server, SHOP, Map.of("10.0.1.1", 9));
    }
  }

  @Test
  void anIngressThatIsRemovedLeavesTheAnswers() throws Exception {
    try (var server = serve(YAML)) {
      lab.deleteIngress("web", "shop");
      awaitShare(server, SHOP, Map.of("10.0.2.1", 9));

      tkgs.putIngress("web", "shop", Map.of("app", "other"), List.of(SHOP), List.of("10.0.2.1"));
      Until.isTrue(
          "a name without members is no name",
          SOON,
          () -> server.ask().udp(SHOP, Type.A).getRcode() == Rcode.NXDOMAIN);

      lab.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.1.7"));
      awaitShare(server, SHOP, Map.of("10.0.1.7", 9));
    }
  }

  @Test
  void aClusterThatDiesKeepsItsMembers() throws Exception {
    try (var server = serve(YAML)) {
      awaitShare(server, SHOP, Map.of("10.0.1.1", 8, "10.0.2.1", 1));
      lab.close();

      Until.isTrue("seen", SOON, () -> !cluster(server, LAB).path("connected").asBoolean());
      assertThat(server.ask().share(SHOP, 9)).isEqualTo(Map.of("10.0.1.1", 8, "10.0.2.1", 1));
      assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(server.get("/readyz").body()).contains(LAB);
      tkgs.putIngress("web", "only", GSLB, List.of(ONLY), List.of("10.0.2.9"));
      awaitShare(server, ONLY, Map.of("10.0.2.9", 9));
    }
  }

  @Test
  void aClusterThatComesBackIsFollowedAgain() throws Exception {
    try (var server = serve(YAML)) {
      awaitShare(server, SHOP, Map.of("10.0.1.1", 8, "10.0.2.1", 1));
      lab.failWith(503);
      lab.endWatches();
      Until.isTrue("seen", SOON, () -> !cluster(server, LAB).path("connected").asBoolean());

      lab.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.1.1", "10.0.1.8"));
      lab.failWith(0);

      awaitShare(server, SHOP, Map.of("10.0.1.1", 4, "10.0.1.8", 4, "10.0.2.1", 1));
      Until.isTrue("back", SOON, () -> cluster(server, LAB).path("connected").asBoolean());
    }
  }

  @Test
  void aClusterThatIsDeadFromTheStartDelaysNobody() throws Exception {
    kubeconfig(lab.url(), "http://127.0.0.1:" + Ports.free());
    // serve() waits 20 s at most, and the wait for first verdicts is 60 s: who refuses is no wait.
    try (var server = serve(YAML)) {
      awaitShare(server, SHOP, Map.of("10.0.1.1", 9));
      assertThat(said.with("cluster " + TKGS + " not connected")).hasSize(1);
    }
  }

  @Test
  void aClusterThatAcceptsAndNeverAnswersDelaysNobodyBeyondTheBoundedWait() throws Exception {
    tkgs.stall(true);
    try (var server = serve(YAML.replace("readyTimeout: 60s", "readyTimeout: 2s"))) {
      awaitShare(server, SHOP, Map.of("10.0.1.1", 9));

      tkgs.stall(false);
      awaitShare(server, SHOP, Map.of("10.0.1.1", 8, "10.0.2.1", 1));
    }
  }

  @Test
  void aRestartWithADeadClusterServesWhatItOfferedLast() throws Exception {
    try (var server = serve(YAML)) {
      awaitShare(server, SHOP, Map.of("10.0.1.1", 8, "10.0.2.1", 1));
    }
    tkgs.close();
    try (var server = serve(YAML)) {
      assertThat(server.ask().share(SHOP, 9)).isEqualTo(Map.of("10.0.1.1", 8, "10.0.2.1", 1));
      assertThat(server.ask().share(ONLY, 3)).isEqualTo(Map.of("10.0.2.2", 3));
    }
  }

  @Test
  void whatCannotBeServedIsLeftOutAndSaidOnce() throws Exception {
    lab.putIngress("web", "far", GSLB, List.of("shop.example.org"), List.of("10.0.1.3"));
    lab.putIngress("web", "odd", GSLB, List.of("sh_op.gslb.guzware.net"), List.of("10.0.1.4"));
    lab.putIngress("web", "star", GSLB, List.of("*.gslb.guzware.net"), List.of("10.0.1.5"));
    lab.putIngress("web", "noip", GSLB, List.of("noip.gslb.guzware.net"), List.of("300.0.0.1"));
    try (var server = serve(YAML)) {
      awaitShare(server, SHOP, Map.of("10.0.1.1", 8, "10.0.2.1", 1));
      assertThat(server.ask().udp("shop.example.org", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(server.ask().udp("noip.gslb.guzware.net", Type.A).getRcode())
          .isEqualTo(Rcode.NXDOMAIN);

      // More news, so that all would be said again if it were not said once.
      lab.putIngress("web", "more", GSLB, List.of("more.gslb.guzware.net"), List.of("10.0.1.6"));
      awaitShare(server, "more.gslb.guzware.net", Map.of("10.0.1.6", 9));
      for (String words :
          List.of("shop.example.org", "sh_op", "*.gslb.guzware.net", "\"300.0.0.1\"")) {
        assertThat(said.with(words)).as(words).hasSize(1);
      }
      assertThat(said.traces()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingress.yaml", "clusters.yaml"})
  void anExampleAsItStandsStartsAndSaysWhichClustersItCannotReach(String name) throws Exception {
    Path example = Path.of("../../shared/contract", name).toAbsolutePath().normalize();
    assumeTrue(Files.exists(example), "there is no " + example);
    assumeTrue(areFree(), "somebody has 127.0.0.1:5300 or 127.0.0.1:8053");
    try (var server = Launched.fairlead(folder, "serve", example.toString())) {
      server.awaitReady();
      server.awaitSaid("cluster " + LAB + " not connected");
      server.awaitSaid("cluster " + TKGS + " not connected");
      server.signal("TERM");
      assertThat(server.exit()).isZero();
    }
  }

  private static boolean areFree() {
    try (var udp = new DatagramSocket(5300, InetAddress.getLoopbackAddress());
        var tcp = new ServerSocket(5300, 1, InetAddress.getLoopbackAddress());
        var admin = new ServerSocket(8053, 1, InetAddress.getLoopbackAddress())) {
      return udp.isBound() && tcp.isBound() && admin.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static JsonNode cluster(FruitServer server, String context) {
    try {
      for (JsonNode cluster :
          new ObjectMapper().readTree(server.get("/api/v1/services").body()).path("clusters")) {
        if (cluster.path("context").asText().equals(context)) {
          return cluster;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("no cluster " + context);
  }
}
