package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.sync.cluster.Kubeconfigs;
import io.fairlead.sync.cluster.ScriptedApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The manifests of the documents in the leader of two clusters, over real HTTP, and what clients
 * are answered then.
 */
final class GlobalServiceScenarioTest {
  private static final String SHOP = "shop.gslb.example.com";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String VIP_EAST = "127.71.1.1";
  private static final String VIP_WEST = "127.71.2.1";
  private static final String STANDBY = "127.71.3.1";
  private static final String ROUTES = "gateway.networking.k8s.io/v1/httproutes";
  private static final String GATEWAYS = "gateway.networking.k8s.io/v1/gateways";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String YAML =
      """
      version: 1
      node: { stateDirectory: "@STATE@", readyTimeout: 60s }
      listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
      admin: { listen: "127.0.0.1:0" }
      rateLimit: { enabled: false }
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers: [ { name: ns1.gslb.example.com, addresses: ["127.0.0.1"] } ]
      sites: [ { name: one }, { name: two }, { name: standby } ]
      sync:
        kubeconfig: gslb-members
        clusters:
          - { context: east, site: one }
          - { context: west, site: two }
        policy: { source: fairlead, leader: east }
      """;

  @TempDir private Path folder;
  private Manifests east;
  private Manifests west;
  private Site siteEast;
  private Site siteWest;
  private Site siteStandby;

  @BeforeEach
  void startClusters() throws IOException {
    east = new Manifests();
    west = new Manifests();
    List<Site> sites = Site.open(VIP_EAST, VIP_WEST, STANDBY);
    siteEast = sites.getFirst();
    siteWest = sites.get(1);
    siteStandby = sites.getLast();
    Files.writeString(
        folder.resolve("gslb-members"),
        Kubeconfigs.of(Map.of("east", east.api().url(), "west", west.api().url())));
    east.api().putIngress("shop", "shop", Map.of(), List.of(SHOP), List.of(VIP_EAST));
    west.api().putIngress("shop", "shop", Map.of(), List.of(SHOP), List.of(VIP_WEST));
    west.api().putIngress("shop", "other", Map.of(), List.of("x." + SHOP), List.of(VIP_WEST));
  }

  @AfterEach
  void stopClusters() {
    east.close();
    west.close();
    siteEast.close();
    siteWest.close();
    siteStandby.close();
  }

  private FruitServer serve() throws Exception {
    return FruitServer.start(folder, YAML.replace("@STATE@", folder.resolve("state").toString()));
  }

  private void applyShop(Consumer<ObjectNode> change) throws IOException {
    east.applyFile(
        Path.of("../docs/kubernetes/healthmonitor.yaml"),
        object ->
            spec(object)
                .put("port", siteEast.port())
                .put("interval", "500ms")
                .put("timeout", "400ms"));
    east.applyFile(
        Path.of("../docs/kubernetes/globalservice.yaml"),
        object -> {
          ((ObjectNode) spec(object).withArray("members").get(0)).put("address", STANDBY);
          change.accept(object);
        });
  }

  private static void awaitShare(FruitServer server, String name, Map<String, Integer> ten) {
    Until.isTrue(
        () -> ten + " of " + name + ", not " + server.ask().share(name, 10),
        SOON,
        () -> server.ask().share(name, 10).equals(ten));
  }

  private static long ttl(FruitServer server) {
    return server.ask().udp(SHOP, Type.A).getSection(Section.ANSWER).getFirst().getTTL();
  }

  @Test
  void aGlobalServiceSelectsByItsHostWeighsProbesAndFailsOver() throws Exception {
    applyShop(_ -> {});
    try (var server = serve()) {
      awaitShare(server, SHOP, Map.of(VIP_EAST, 8, VIP_WEST, 2));
      assertThat(ttl(server)).isEqualTo(10);
      Until.isTrue("probed with its own name", SOON, () -> siteWest.hosts().contains(SHOP));
      assertThat(server.ask().udp("x." + SHOP, Type.A).getRcode())
          .as("no GlobalService names it")
          .isEqualTo(Rcode.NXDOMAIN);

      siteEast.kill();
      awaitShare(server, SHOP, Map.of(VIP_WEST, 10));
      siteWest.kill();
      awaitShare(server, SHOP, Map.of(STANDBY, 10));

      // Who is not probed is taken as up, whatever was known of him.
      applyShop(object -> spec(object).put("ttl", "20s").remove("monitors"));
      awaitShare(server, SHOP, Map.of(VIP_EAST, 8, VIP_WEST, 2));
      assertThat(ttl(server)).isEqualTo(20);

      east.api().delete(Manifests.GLOBAL_SERVICES, "shop", "shop");
      Until.isTrue(
          "what nobody names is not served",
          SOON,
          () -> server.ask().udp(SHOP, Type.A).getRcode() == Rcode.NXDOMAIN);
    }
  }

  @Test
  void itsStatusSaysWhatBecameOfItAndABadChangeLeavesTheLastGoodOneInForce() throws Exception {
    applyShop(_ -> {});
    try (var server = serve()) {
      awaitShare(server, SHOP, Map.of(VIP_EAST, 8, VIP_WEST, 2));
      awaitCondition("healthmonitors/shop", "Accepted", "True", "can be referred to");
      awaitCondition("globalservices/shop", "Programmed", "True", "3 members at 1 names");

      applyShop(object -> spec(object).withArray("monitors").add("gone"));
      awaitCondition(
          "globalservices/shop",
          "Accepted",
          "False",
          "neither the file nor a HealthMonitor of namespace shop is called gone;"
              + " the last accepted version goes on");
      applyShop(object -> spec(object).put("ttl", "soon"));
      awaitCondition("globalservices/shop", "Accepted", "False", "ttl: \"soon\" is no");
      awaitShare(server, SHOP, Map.of(VIP_EAST, 8, VIP_WEST, 2));
      String why = "/api/v1/clusters/east/why/shop/globalservice/shop";
      assertThat(server.get(why).body()).contains("\\\"soon\\\" is no");
      assertThat(server.get("/api/v1/clusters/east").body()).contains("\\\"soon\\\" is no");

      applyShop(_ -> {});
      awaitCondition("globalservices/shop", "Accepted", "True", "it counts");
      assertThat(server.get("/api/v1/services/" + SHOP).body())
          .contains(
              "east/shop/Ingress/shop (policy: GlobalService shop/shop; weight: trafficSplit of"
                  + " GlobalService shop/shop)");
    }
  }

  @Test
  void aGlobalServiceOfAGatewaySpeaksForTheHostsOfItsRoutes() throws Exception {
    for (Manifests cluster : List.of(east, west)) {
      cluster.api().deleteIngress("shop", "shop");
      cluster.api().know(GATEWAYS, "Gateway");
      cluster.api().know(ROUTES, "HTTPRoute");
      gateway(cluster.api(), cluster == east ? VIP_EAST : VIP_WEST);
    }
    east.applyFile(Path.of("../docs/kubernetes/attached.yaml"), _ -> {});
    try (var server = serve()) {
      awaitShare(server, SHOP, Map.of(VIP_EAST, 10));
      awaitCondition("globalservices/failover", "Programmed", "True", "2 members at 1 names");
      assertThat(lastStatus("globalservices/failover").at("/ancestors/0").toString())
          .contains("\"kind\":\"Gateway\"", "\"controllerName\":\"fairlead.io/gslb\"", "\"True\"");

      // More specific than the Gateway's.
      east.applyFile(
          Path.of("../docs/kubernetes/globalservice.yaml"),
          object -> {
            spec(object).remove(List.of("monitors", "members"));
            spec(object).withArray("trafficSplit").forEach(s -> ((ObjectNode) s).put("weight", 5));
          });
      awaitShare(server, SHOP, Map.of(VIP_EAST, 5, VIP_WEST, 5));
      awaitCondition(
          "globalservices/failover",
          "Accepted",
          "True",
          "1 of its 1 hosts are another's, such as " + SHOP + ": GlobalService shop/shop");
    }
  }

  @Test
  void aRestartWithoutAnyClusterServesTheSame() throws Exception {
    applyShop(_ -> {});
    try (var server = serve()) {
      awaitShare(server, SHOP, Map.of(VIP_EAST, 8, VIP_WEST, 2));
    }
    east.close();
    west.close();
    try (var server = serve()) {
      assertThat(server.ask().share(SHOP, 10)).isEqualTo(Map.of(VIP_EAST, 8, VIP_WEST, 2));
      assertThat(ttl(server)).isEqualTo(10);
    }
  }

  private static void gateway(ScriptedApiServer api, String vip) {
    api.put(
        GATEWAYS,
        "infra",
        "public",
        Map.of(),
        """
        "spec":{"listeners":[{"name":"http","port":80,"protocol":"HTTP"}]},
        "status":{"addresses":[{"type":"IPAddress","value":"%s"}]}\
        """
            .formatted(vip));
    api.put(
        ROUTES,
        "shop",
        "shop",
        Map.of(),
        """
        "spec":{"hostnames":["%s"]},
        "status":{"parents":[{"parentRef":{"name":"public","namespace":"infra"},
                  "conditions":[{"type":"Accepted","status":"True"}]}]}\
        """
            .formatted(SHOP));
  }

  private void awaitCondition(String object, String type, String status, String message) {
    Until.isTrue(
        () -> type + " " + status + ": " + message + ", not " + lastStatus(object),
        SOON,
        () -> {
          for (JsonNode condition : lastStatus(object).path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
              return condition.path("status").asText().equals(status)
                  && condition.path("message").asText().contains(message);
            }
          }
          return false;
        });
  }

  private JsonNode lastStatus(String object) {
    return east.api().patches().reversed().stream()
        .filter(patch -> patch.path().endsWith(object + "/status"))
        .findFirst()
        .map(patch -> json(patch.body()).path("status"))
        .orElseGet(JSON::createObjectNode);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode spec(ObjectNode object) {
    return (ObjectNode) object.get("spec");
  }
}
