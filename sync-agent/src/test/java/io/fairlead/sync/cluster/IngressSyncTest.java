package io.fairlead.sync.cluster;

import static io.fairlead.sync.cluster.SyncFixture.GSLB;
import static io.fairlead.sync.cluster.SyncFixture.byApp;
import static io.fairlead.sync.cluster.SyncFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fairlead.sync.cluster.ClusterStatus.Skipped;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ingress objects of clusters become members: fabric8's CRUD server, over HTTP with watches. */
@Timeout(120)
class IngressSyncTest {
  @TempDir private Path directory;
  private CrudCluster east;

  @BeforeEach
  void start() {
    east = new CrudCluster(0);
  }

  @AfterEach
  void stop() {
    east.close();
  }

  private SyncFixture sync(ImportPolicy policy) {
    return SyncFixture.of(directory, policy, Map.of("east", east.url()));
  }

  @Test
  void objectsThatAreThereAddedChangedAndDeleted() throws Exception {
    east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.1"));
    try (SyncFixture sync = sync(byApp(GSLB))) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
      east.put(ingress("web", "b", GSLB, "b.example.com", "192.0.2.2"));
      sync.heard.members("east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.2");
      east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.9"));
      sync.heard.members("east", "a.example.com=192.0.2.9", "b.example.com=192.0.2.2");
      east.delete("web", "a");
      sync.heard.members("east", "b.example.com=192.0.2.2");
      assertThat(sync.heard.status("east", ClusterStatus::connected).reason()).startsWith("synced");
    }
  }

  @Test
  void labelsOfTheObjectMoveItInAndOut() throws Exception {
    var two = Map.of("app", "gslb", "tier", "front");
    east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.1"));
    try (SyncFixture sync = sync(byApp(two))) {
      sync.heard.members("east");
      east.put(ingress("web", "a", two, "a.example.com", "192.0.2.1"));
      sync.heard.members("east", "a.example.com=192.0.2.1");
      east.put(ingress("web", "a", Map.of(), "a.example.com", "192.0.2.1"));
      sync.heard.members("east");
    }
  }

  @Test
  void labelsOfTheNamespaceMoveAllItsObjectsInAndOut() throws Exception {
    east.putNamespace("web", Map.of());
    east.putNamespace("shop", Map.of("gslb", "yes"));
    east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.1"));
    east.put(ingress("web", "b", Map.of(), "b.example.com", "192.0.2.2"));
    east.put(ingress("shop", "c", GSLB, "c.example.com", "192.0.2.3"));
    try (SyncFixture sync = sync(policy(GSLB, Map.of("gslb", "yes")))) {
      sync.heard.members("east", "c.example.com=192.0.2.3");
      east.putNamespace("web", Map.of("gslb", "yes"));
      sync.heard.members("east", "c.example.com=192.0.2.3", "a.example.com=192.0.2.1");
      east.putNamespace("shop", Map.of("gslb", "no"));
      sync.heard.members("east", "a.example.com=192.0.2.1");
    }
  }

  @Test
  void noSelectorSelectsNothing() throws Exception {
    east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.1"));
    try (SyncFixture sync = sync(policy(Map.of(), Map.of()))) {
      sync.heard.status("east", ClusterStatus::connected);
      sync.heard.members("east");
    }
  }

  @Test
  void oddObjectsAreSkippedWithTheirReasonAndStopNothing() throws Exception {
    east.put(ingress("web", "a-fine", GSLB, "a.example.com", "192.0.2.1"));
    east.put(ingress("web", "b-bad-ip", GSLB, "b.example.com", "192.0.2.300"));
    east.put(
        new IngressBuilder(ingress("web", "c-no-status", GSLB, "c.example.com", "192.0.2.3"))
            .withStatus(null)
            .build());
    east.put(
        new IngressBuilder(ingress("web", "d-no-rules", GSLB, "d.example.com", "192.0.2.4"))
            .withSpec(null)
            .build());
    east.put(ingress("web", "e-wildcard", GSLB, "*.example.com", "192.0.2.5"));
    east.put(ingress("web", "f-not-ours", Map.of(), "*.example.com", "192.0.2.5"));
    try (SyncFixture sync = sync(byApp(GSLB))) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
      sync.heard.status("east", ClusterStatus::connected);
      assertThat(sync.agent.status().getFirst().skipped())
          .extracting(skipped -> skipped.origin().name(), Skipped::reason)
          .containsExactly(
              tuple("b-bad-ip", "\"192.0.2.300\" in status.loadBalancer is not an address"),
              tuple("c-no-status", "no address in status.loadBalancer yet"),
              tuple("d-no-rules", "no host in spec.rules"),
              tuple("e-wildcard", "wildcard host *.example.com: a global name is one host"));
      east.put(ingress("web", "b-bad-ip", GSLB, "b.example.com", "192.0.2.30"));
      sync.heard.members("east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.30");
    }
  }

  @Test
  void aClusterThatDiesKeepsItsMembersAndComesBackOnTheSamePort() throws Exception {
    east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.1"));
    try (SyncFixture sync = sync(byApp(GSLB))) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
      sync.heard.status("east", ClusterStatus::connected);
      int port = east.port();
      east.close();
      sync.heard.status("east", status -> !status.connected());
      assertThat(sync.heard.now("east")).containsExactly("a.example.com=192.0.2.1");
      east = new CrudCluster(port);
      east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.7"));
      sync.heard.members("east", "a.example.com=192.0.2.7");
      sync.heard.status("east", ClusterStatus::connected);
    }
  }

  @Test
  void aClusterThatIsDeadFromTheStartDelaysNoOtherAndComesWhenItLives() throws Exception {
    int port = east.port();
    east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.1"));
    var servers = Map.of("east", east.url(), "west", "http://127.0.0.1:" + freePort());
    try (SyncFixture sync = SyncFixture.of(directory, byApp(GSLB), servers)) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
      assertThat(sync.heard.status("west", status -> !status.connected()).reason())
          .isEqualTo("refused by " + servers.get("west"));
      assertThat(sync.heard.sets("west")).isZero();
      assertThat(port).isEqualTo(east.port());
    }
  }

  @Test
  void aKubeconfigThatIsRewrittenIsFollowedAndUnchangedContextsKeepTheirConnection()
      throws Exception {
    east.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.1"));
    try (ScriptedApiServer west = ScriptedApiServer.start();
        CrudCluster elsewhere = new CrudCluster(0)) {
      west.putIngress("web", "w", GSLB, List.of("w.example.com"), List.of("198.51.100.1"));
      elsewhere.put(ingress("web", "a", GSLB, "a.example.com", "192.0.2.50"));
      var servers = new HashMap<>(Map.of("east", east.url(), "west", west.url()));
      try (SyncFixture sync = SyncFixture.of(directory, byApp(GSLB), servers)) {
        sync.heard.members("east", "a.example.com=192.0.2.1");
        sync.heard.members("west", "w.example.com=198.51.100.1");
        int lists = west.lists();

        Files.writeString(directory.resolve("gslb-members"), "{ not: [a, kubeconfig");
        servers.put("east", elsewhere.url());
        SyncFixture.write(directory, servers);
        sync.heard.members("east", "a.example.com=192.0.2.50");
        assertThat(west.lists()).as("west's connection stands").isEqualTo(lists);
      }
    }
  }

  @Test
  void reconfigureKeepsUnchangedClustersAndFollowsTheNewPolicy() throws Exception {
    try (ScriptedApiServer west = ScriptedApiServer.start()) {
      west.putNamespace("web", Map.of("gslb", "yes"));
      west.putIngress("web", "w", GSLB, List.of("w.example.com"), List.of("198.51.100.1"));
      west.putIngress(
          "web", "v", Map.of("app", "other"), List.of("v.example.com"), List.of("198.51.100.2"));
      var servers = Map.of("east", east.url(), "west", west.url());
      try (SyncFixture sync = SyncFixture.of(directory, byApp(GSLB), servers)) {
        sync.heard.members("west", "w.example.com=198.51.100.1");
        int lists = west.lists();
        var other = byApp(Map.of("app", "other"));
        sync.agent.reconfigure(SyncFixture.spec(sync.spec.kubeconfig(), other, servers));
        sync.heard.members("west", "v.example.com=198.51.100.2");
        assertThat(west.lists()).isEqualTo(lists);

        var byNamespace = policy(Map.of(), Map.of("gslb", "yes"));
        SyncSpec onlyWest =
            SyncFixture.spec(
                sync.spec.kubeconfig(), byNamespace, Map.of("west", servers.get("west")));
        sync.agent.reconfigure(onlyWest);
        sync.heard.members("west", "v.example.com=198.51.100.2", "w.example.com=198.51.100.1");
        assertThat(sync.agent.status()).extracting(ClusterStatus::cluster).containsExactly("west");
        assertThat(sync.heard.statuses("west")).allMatch(status -> status.held() == 0);
      }
    }
  }

  @Test
  void aKubeconfigThatIsMissingOrLacksAContextIsSaidByItsName() throws Exception {
    try (SyncFixture sync = sync(byApp(GSLB))) {
      sync.heard.members("east");
      var nowhere = directory.resolve("nowhere");
      sync.agent.reconfigure(
          SyncFixture.spec(nowhere, byApp(GSLB), Map.of("east", "", "north", "")));
      assertThat(sync.heard.status("north", status -> true).reason())
          .isEqualTo(nowhere + ": there is no such file");
      sync.agent.reconfigure(
          SyncFixture.spec(sync.spec.kubeconfig(), byApp(GSLB), Map.of("east", "", "south", "")));
      assertThat(sync.heard.status("south", status -> true).reason())
          .isEqualTo(sync.spec.kubeconfig() + ": has no context south; it has east");
    }
  }

  private static int freePort() throws Exception {
    try (var socket = new java.net.ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static Ingress ingress(
      String namespace, String name, Map<String, String> labels, String host, String ip) {
    return new IngressBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewRule()
        .withHost(host)
        .endRule()
        .endSpec()
        .withNewStatus()
        .withNewLoadBalancer()
        .addNewIngress()
        .withIp(ip)
        .endIngress()
        .endLoadBalancer()
        .endStatus()
        .build();
  }

  /** fabric8's CRUD server on a port, and a client that writes to it. */
  private static final class CrudCluster implements AutoCloseable {
    private final KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    private final KubernetesClient client;

    CrudCluster(int port) {
      server.init(InetAddress.ofLiteral("127.0.0.1"), port);
      client = server.createClient(new JdkHttpClientFactory());
    }

    String url() {
      return "http://127.0.0.1:" + port();
    }

    int port() {
      return server.getPort();
    }

    void put(Ingress ingress) {
      var resource = client.resource(ingress);
      if (resource.get() == null) {
        resource.create();
      } else {
        resource.update();
      }
    }

    void putNamespace(String name, Map<String, String> labels) {
      var namespace =
          client.resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withLabels(labels)
                  .endMetadata()
                  .build());
      if (namespace.get() == null) {
        namespace.create();
      } else {
        namespace.update();
      }
    }

    void delete(String namespace, String name) {
      client.network().v1().ingresses().inNamespace(namespace).withName(name).delete();
    }

    @Override
    public void close() {
      client.close();
      server.destroy();
    }
  }
}
