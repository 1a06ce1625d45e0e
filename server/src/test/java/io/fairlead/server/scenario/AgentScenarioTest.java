package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.cluster.Kubeconfigs;
import io.fairlead.sync.cluster.ScriptedApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * An agent's process beside a cluster, a server's process that never connects to that cluster, and
 * what clients are answered.
 */
final class AgentScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Map<String, String> GSLB = Map.of("app", "gslb");
  private static final String SHOP = "shop.gslb.guzware.net";
  private static final String TOKEN = "a-token-that-may-push-members";

  private static final String SERVER =
      """
      version: 1
      node: { stateDirectory: state, readyTimeout: 1s }
      listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
      admin:
        listen: "127.0.0.1:@PORT@"
        tokens:
          - { name: agents, role: push, file: push.token }
          - { name: looker, role: read, file: read.token }
      zones:
        - name: gslb.guzware.net
          contact: hostmaster.guzware.net
          nameServers: [ { name: ns1.gslb.guzware.net, addresses: ["127.0.0.1"] } ]
      sites: [ { name: oslo } ]
      sync:
        clusters: [ { context: inner, site: oslo, pushed: true } ]
        policy: { source: file, appSelector: { app: gslb }, ttl: 2s }
      """;

  private static final String AGENT =
      """
      version: 1
      push: { server: "@URL@", token: push.token }
      sites: [ { name: here } ]
      sync:
        kubeconfig: gslb-members
        clusters: [ { context: inner, site: here } ]
        policy: { source: file, appSelector: { app: gslb } }
      """;

  @TempDir private Path folder;
  private ScriptedApiServer cluster;

  @BeforeEach
  void startCluster() throws IOException {
    cluster = ScriptedApiServer.start();
    cluster.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.1.1"));
    Files.writeString(
        folder.resolve("gslb-members"), Kubeconfigs.of(Map.of("inner", cluster.url())));
    Files.writeString(folder.resolve("push.token"), TOKEN + "\n");
    Files.writeString(folder.resolve("read.token"), "a-token-that-may-only-look");
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  private Launched serve(int port) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("fairlead.yaml"), SERVER.replace("@PORT@", Integer.toString(port)));
    return Launched.fairlead(folder, "serve", file.toString());
  }

  private Launched agent(String url) throws IOException {
    Path file = Files.writeString(folder.resolve("agent.yaml"), AGENT.replace("@URL@", url));
    return Launched.fairlead(folder, "agent", file.toString());
  }

  private static void awaitAnswer(Launched.Ready ready, String... addresses) {
    Until.isTrue(
        () -> List.of(addresses) + ", not " + ready.ask().addresses(SHOP),
        SOON,
        () -> ready.ask().addresses(SHOP).equals(List.of(addresses)));
  }

  private HttpResponse<String> ask(Launched.Ready ready, String method, String path, String token)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(ready.url() + path))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString("{}"))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void whatTheClusterOffersIsAnsweredAsLongAsTheAgentOrItsMemoryIsThere() throws Exception {
    int port = Ports.free();
    String url = "http://127.0.0.1:" + port;
    try (Launched agent = agent(url)) {
      agent.awaitSaid("cannot push to " + url);
      try (Launched server = serve(port)) {
        Launched.Ready ready = server.awaitReady();
        awaitAnswer(ready, "10.0.1.1");
        agent.awaitSaid("pushing to " + url + " works again");

        cluster.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.1.2"));
        awaitAnswer(ready, "10.0.1.2");
        assertThat(ask(ready, "GET", "/api/v1/clusters/inner", TOKEN).body())
            .contains("\"connected\" : true", "\"pushed\" : true", "\"members\" : 1");
        assertThat(
                ask(ready, "POST", "/api/v1/clusters/inner/push", "a-token-that-may-only-look")
                    .statusCode())
            .isEqualTo(403);
        assertThat(ask(ready, "POST", "/api/v1/reload", TOKEN).statusCode())
            .as("who may push may not change more")
            .isEqualTo(403);

        server.signal("TERM");
        server.exit();
      }
      cluster.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.1.3"));
      try (Launched server = serve(port)) {
        Launched.Ready ready = server.awaitReady();
        awaitAnswer(ready, "10.0.1.3");

        agent.signal("TERM");
        assertThat(agent.exit()).isZero();
        awaitAnswer(ready, "10.0.1.3");

        cluster.deleteIngress("web", "shop"); // while the agent is away: the cluster comes empty
        try (Launched _ = agent(url)) {
          Until.isTrue(
              () -> "held back, not " + said(ready),
              SOON,
              () -> said(ready).contains("\"held\" : 1"));
          awaitAnswer(ready, "10.0.1.3");

          cluster.putIngress("web", "shop", GSLB, List.of(SHOP), List.of("10.0.1.3"));
          Until.isTrue(
              () -> "back: " + said(ready), SOON, () -> said(ready).contains("\"held\" : 0"));
          cluster.deleteIngress("web", "shop");
          Until.isTrue(
              "a deletion that was watched applies",
              SOON,
              () -> ready.ask().udp(SHOP, Type.A).getRcode() == Rcode.NXDOMAIN);
        }
      }
    }
  }

  private String said(Launched.Ready ready) {
    try {
      return ask(ready, "GET", "/api/v1/clusters/inner", TOKEN).body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFileThatIsNotValidPushesNothing() throws Exception {
    try (Launched agent = agent("http://gslb.example")) {
      assertThat(agent.exit()).isEqualTo(78);
      assertThat(agent.err()).contains("push.server", "allowed: https://HOST[:PORT]");
    }
  }
}
