package io.fairlead.sync.federation;

import static io.fairlead.sync.amko.AmkoObjects.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.sync.cluster.Kinds;
import io.fairlead.sync.cluster.Kubeconfigs;
import io.fairlead.sync.federation.FederationStatus.State;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.SyncSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects of the leader come to the others, over HTTP, and one leader at most brings them. */
@Timeout(120)
class FederationTest {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Map<String, Object> POLICY =
      Map.of("ttl", 10, "matchClusters", List.of(Map.of("cluster", "a")));

  @TempDir private Path directory;
  private final FollowerCluster a = new FollowerCluster("a");
  private final FollowerCluster b = new FollowerCluster("b");
  private final FollowerCluster c = new FollowerCluster("c");
  private final List<Federation> federations = new ArrayList<>();

  @BeforeEach
  void writeKubeconfig() throws IOException {
    Files.writeString(
        directory.resolve("members"),
        Kubeconfigs.of(Map.of("a", a.url(), "b", b.url(), "c", c.url())));
    a.put(FollowerCluster.CONFIG, NAMESPACE, "gc", Map.of("refreshInterval", 60));
    a.put(FollowerCluster.POLICY, NAMESPACE, "gdp", POLICY);
  }

  @AfterEach
  void stop() {
    federations.forEach(Federation::close);
    List.of(a, b, c).forEach(FollowerCluster::close);
  }

  private Federation node(String home) {
    return node(home, InstantSource.system());
  }

  private Federation node(String home, InstantSource clock) {
    var clusters =
        List.of("a", "b", "c", "nowhere").stream()
            .map(name -> new ClusterSpec(name, name))
            .toList();
    var none =
        new ImportPolicy(Map.of(), Map.of(), List.of(), Duration.ofSeconds(2), "round-robin");
    var spec =
        new SyncSpec(
            directory.resolve("members"),
            clusters,
            none,
            ShrinkGuard.DEFAULT,
            SyncSpec.DEFAULT_SOURCES,
            false,
            new AmkoSpec(home, true));
    var federation = Federation.start(spec, "n1", clock, LOOK);
    federations.add(federation);
    return federation;
  }

  private static void until(BooleanSupplier met) {
    while (!met.getAsBoolean()) { // the test has a deadline
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void become(Federation federation, State state) {
    until(() -> federation.status().state() == state);
  }

  private void everybody(String leader) {
    for (FollowerCluster cluster : List.of(a, b, c)) {
      cluster.amkoCluster(cluster == cluster(leader), "1.4.2", "a", "b", "c");
    }
  }

  private FollowerCluster cluster(String name) {
    return switch (name) {
      case "a" -> a;
      case "b" -> b;
      default -> c;
    };
  }

  @Test
  void whatTheLeaderHasComesToTheOthersAndFollowsItsChanges() {
    everybody("a");
    a.put(FollowerCluster.RULE, "shop", "rule", Map.of("fqdn", "app.example.com"));
    Federation federation = node("a");
    become(federation, State.LEADING);
    for (FollowerCluster other : List.of(b, c)) {
      assertThat(other.specs(FollowerCluster.CONFIG)).containsOnlyKeys("avi-system/gc");
      assertThat(other.specs(FollowerCluster.POLICY)).isEqualTo(Map.of("avi-system/gdp", POLICY));
      assertThat(other.specs(FollowerCluster.RULE)).containsOnlyKeys("shop/rule");
      assertThat(other.annotations(FollowerCluster.POLICY, NAMESPACE, "gdp"))
          .containsEntry(Copies.ORIGIN, "a");
    }
    until(() -> a.conditions().size() == 6);
    assertThat(a.conditions())
        .containsEntry("current AMKOCluster Validation", "valid AMKOCluster object")
        .containsEntry("member cluster initialisation", "all cluster clients fetched")
        .containsEntry("member cluster validation", "validated all member clusters")
        .containsEntry("GDP Federation", "federated to all valid clusters successfully");

    a.put(FollowerCluster.POLICY, NAMESPACE, "gdp", Map.of("ttl", 20));
    until(
        () -> c.specs(FollowerCluster.POLICY).equals(Map.of("avi-system/gdp", Map.of("ttl", 20))));
    a.delete(FollowerCluster.RULE, "shop", "rule");
    until(() -> b.specs(FollowerCluster.RULE).isEmpty() && c.specs(FollowerCluster.RULE).isEmpty());
    until(() -> federation.status().clusters().stream().mapToInt(m -> m.copied()).sum() == 4);
  }

  @Test
  void whatIsNotACopyOfOursIsNeverDeletedAndACopyThatSomebodyChangedIsMended() {
    everybody("a");
    b.put(FollowerCluster.POLICY, NAMESPACE, "their-own", Map.of("ttl", 5));
    Federation federation = node("a");
    become(federation, State.LEADING);
    until(() -> a.conditions().getOrDefault("GDP Federation", "").contains("their-own"));
    assertThat(b.specs(FollowerCluster.POLICY))
        .containsKeys("avi-system/gdp", "avi-system/their-own");
    assertThat(a.conditions().get("GDP Federation")).contains("is somebody else's and stays");

    b.put(FollowerCluster.POLICY, NAMESPACE, "gdp", Map.of("ttl", 77));
    until(() -> POLICY.equals(b.specs(FollowerCluster.POLICY).get("avi-system/gdp")));
  }

  @Test
  void aFollowerThatIsLostDelaysNobodyAndIsBroughtUpToDateWhenItReturns() {
    everybody("a");
    c.lose();
    Federation federation = node("a");
    become(federation, State.LEADING);
    assertThat(b.specs(FollowerCluster.POLICY)).containsOnlyKeys("avi-system/gdp");
    until(() -> a.conditions().size() == 6);
    assertThat(a.conditions().get("member cluster initialisation"))
        .startsWith("some cluster clients could not be fetched: c: refused by");
    c.bringBack();
    until(() -> c.specs(FollowerCluster.POLICY).containsKey("avi-system/gdp"));
    until(
        () ->
            "all cluster clients fetched"
                .equals(a.conditions().get("member cluster initialisation")));
  }

  @Test
  void aLeaderThatComesBackEmptyTakesNothingFromTheOthers() {
    everybody("a");
    Federation federation = node("a");
    become(federation, State.LEADING);
    a.delete(FollowerCluster.CONFIG, NAMESPACE, "gc");
    a.delete(FollowerCluster.POLICY, NAMESPACE, "gdp");
    until(() -> a.conditions().getOrDefault("GDP Federation", "").contains("kept"));
    assertThat(b.specs(FollowerCluster.POLICY)).containsOnlyKeys("avi-system/gdp");
    assertThat(c.specs(FollowerCluster.CONFIG)).containsOnlyKeys("avi-system/gc");
  }

  @Test
  void versionsMayDifferAndThatIsSaid() {
    everybody("a");
    b.amkoCluster(false, "1.3.0", "a", "b");
    Federation federation = node("a");
    become(federation, State.LEADING);
    assertThat(b.specs(FollowerCluster.POLICY)).containsOnlyKeys("avi-system/gdp");
    until(() -> a.conditions().containsKey("member cluster validation"));
    assertThat(a.conditions().get("member cluster validation"))
        .isEqualTo("validated some member clusters: b: its version is 1.3.0, ours 1.4.2");
  }

  @Test
  void twoThatBothSayThatTheyLead() {
    everybody("a");
    b.amkoCluster(true, "1.4.2", "a", "b", "c");
    b.put(FollowerCluster.CONFIG, NAMESPACE, "gc", Map.of("refreshInterval", 1));
    b.put(FollowerCluster.POLICY, NAMESPACE, "gdp", Map.of("ttl", 99));
    Federation one = node("a");
    Federation two = node("b");
    until(() -> a.isLeader() != b.isLeader());
    FollowerCluster leader = a.isLeader() ? a : b;
    become(a.isLeader() ? one : two, State.LEADING);
    become(a.isLeader() ? two : one, State.FOLLOWING);
    Object policy =
        Objects.requireNonNull(leader.specs(FollowerCluster.POLICY).get("avi-system/gdp"));
    for (FollowerCluster cluster : List.of(a, b, c)) {
      until(() -> policy.equals(cluster.specs(FollowerCluster.POLICY).get("avi-system/gdp")));
      until(() -> cluster.holder().equals((leader == a ? "a" : "b") + "/n1"));
    }
    FollowerCluster other = leader == a ? b : a;
    until(() -> other.conditions().containsKey("current AMKOCluster Validation"));
    assertThat(other.conditions().get("current AMKOCluster Validation"))
        .startsWith("won't federate objects");
  }

  @Test
  void anOperatorPromotesAndTheLostLeaderStepsBackWhenItReturns() throws Exception {
    everybody("a");
    Federation one = node("a");
    become(one, State.LEADING);
    until(() -> b.specs(FollowerCluster.POLICY).containsKey("avi-system/gdp"));
    Federation two = node("b");
    become(two, State.FOLLOWING);
    a.lose();
    become(one, State.FAILED);

    Federation.Promotion done = two.promote("b");
    assertThat(done.demoted()).isEmpty();
    assertThat(done.unreached()).containsOnlyKeys("a", "nowhere");
    become(two, State.LEADING);
    b.put(FollowerCluster.POLICY, NAMESPACE, "gdp", Map.of("ttl", 30));
    until(
        () -> c.specs(FollowerCluster.POLICY).equals(Map.of("avi-system/gdp", Map.of("ttl", 30))));

    a.bringBack();
    until(() -> !a.isLeader());
    become(one, State.FOLLOWING);
    until(
        () -> a.specs(FollowerCluster.POLICY).equals(Map.of("avi-system/gdp", Map.of("ttl", 30))));
    assertThat(b.isLeader()).isTrue();
  }

  @Test
  void anOrderlyPromotionDemotesTheOldLeaderFirst() throws Exception {
    everybody("a");
    Federation one = node("a");
    Federation two = node("b");
    become(one, State.LEADING);
    assertThat(one.promote("b").demoted()).containsExactly("a");
    become(two, State.LEADING);
    become(one, State.FOLLOWING);
  }

  @Test
  void whatCannotBePromotedIsRefusedWithItsReasonAndNothingIsChanged() {
    everybody("a");
    Federation federation = node("a");
    assertThatThrownBy(() -> federation.promote("d"))
        .hasMessage("no cluster d; there are: a, b, c, nowhere");
    assertThatThrownBy(() -> federation.promote("nowhere"))
        .hasMessageContaining("has no context nowhere");
    b.delete(Kinds.AMKO_CLUSTER, NAMESPACE, "amkocluster");
    assertThatThrownBy(() -> federation.promote("b")).hasMessageContaining("b has no AMKOCluster");
    assertThat(a.isLeader()).isTrue();
  }

  @Test
  void withoutAnAmkoClusterNothingIsWritten() {
    Federation federation = node("a");
    until(() -> federation.status().reason().contains("there is no AMKOCluster in a"));
    assertThat(federation.status().state()).isEqualTo(State.OFF);
    assertThat(b.specs(FollowerCluster.POLICY)).isEmpty();
    assertThat(List.of(a.holder(), b.holder(), c.holder())).containsOnly("");
  }

  /** Stopped after it took the Leases, for longer than they count: another may lead by now. */
  @Test
  void aNodeThatSleptBetweenTheLeaseAndTheWriteDoesNotWrite() {
    everybody("a");
    var now = new AtomicReference<>(Instant.EPOCH);
    node("a", () -> now.updateAndGet(time -> time.plusSeconds(60)));
    until(() -> a.conditions().getOrDefault("GDP Federation", "").contains("may have run out"));
    assertThat(b.specs(FollowerCluster.POLICY)).isEmpty();
    assertThat(c.specs(FollowerCluster.CONFIG)).isEmpty();
  }

  /** A server that takes connections and says nothing, as behind a firewall that has lost it. */
  @Test
  void aFollowerThatNeverAnswersDelaysNobody() throws Exception {
    everybody("a");
    try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Files.writeString(
          directory.resolve("members"),
          Kubeconfigs.of(
              Map.of(
                  "a", a.url(), "b", b.url(), "c", "http://127.0.0.1:" + silent.getLocalPort())));
      Federation federation = node("a");
      become(federation, State.LEADING);
      until(() -> b.specs(FollowerCluster.POLICY).containsKey("avi-system/gdp"));
      until(() -> a.conditions().containsKey("member cluster initialisation"));
      assertThat(a.conditions().get("member cluster initialisation"))
          .startsWith("some cluster clients could not be fetched: c: no answer");
    }
  }

  @Test
  void anAmkoClusterOfAnotherContextIsRefused() {
    a.put(
        Kinds.AMKO_CLUSTER,
        NAMESPACE,
        "amkocluster",
        Map.of("isLeader", true, "clusterContext", "b", "clusters", List.of("a", "b")));
    Federation federation = node("a");
    become(federation, State.FAILED);
    until(() -> !a.conditions().isEmpty());
    assertThat(a.conditions())
        .containsExactly(
            Map.entry(
                "current AMKOCluster Validation",
                "invalid AMKOCluster object: its clusterContext is b, and this cluster is a"));
  }
}
