package io.fairlead.sync.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.sync.TextReader;
import io.fairlead.sync.cluster.ScriptedApiServer.Patch;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.merge.ImportedService;
import io.fairlead.sync.merge.Merge;
import io.fairlead.sync.merge.Why;
import io.fairlead.sync.spec.GlobalSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** GlobalServices and HealthMonitors in the leader, over HTTP: who is served, and who is told. */
@Timeout(120)
class GlobalSyncTest {
  private static final String SERVICES = "fairlead.io/v1alpha1/globalservices";
  private static final String MONITORS = "fairlead.io/v1alpha1/healthmonitors";
  private static final String SHOP = "shop.example.com";

  @TempDir private Path directory;
  private final ScriptedApiServer east = ScriptedApiServer.start();
  private final ScriptedApiServer west = ScriptedApiServer.start();

  @BeforeEach
  void install() {
    east.know(SERVICES, "GlobalService");
    east.know(MONITORS, "HealthMonitor");
    east.putIngress("web", "shop", Map.of("tier", "front"), List.of(SHOP), List.of("192.0.2.1"));
    west.putIngress("web", "shop", Map.of(), List.of(SHOP), List.of("198.51.100.1"));
    west.putIngress("web", "rest", Map.of(), List.of("x.example.com"), List.of("198.51.100.2"));
  }

  @AfterEach
  void stop() {
    east.close();
    west.close();
  }

  private SyncFixture sync(boolean writeStatus) {
    return SyncFixture.global(
        directory,
        Map.of("east", east.url(), "west", west.url()),
        new GlobalSpec("east", writeStatus, Set.of("of-file"), new TextReader()));
  }

  private void shop(int generation, String spec, String status) {
    east.put(
        SERVICES,
        "web",
        "shop",
        Map.of(),
        "\"generation\":%d,\"creationTimestamp\":\"2026-01-01T00:00:00Z\"".formatted(generation),
        "\"spec\":" + spec.replace('\'', '"') + (status.isEmpty() ? "" : ",\"status\":" + status));
  }

  private void shop(String spec) {
    shop(1, spec, "");
  }

  private static ImportedService service(SyncFixture sync) {
    return Merge.merge(sync.spec, sync.heard.latest()).getFirst();
  }

  private List<String> patches() {
    return east.patches().stream().map(Patch::body).toList();
  }

  private void awaitPatch(String... parts) {
    Heard.until(() -> patches().stream().anyMatch(p -> Stream.of(parts).allMatch(p::contains)));
  }

  private static Why why(SyncFixture sync, Origin object) throws Exception {
    return Objects.requireNonNull(sync.agent.why(object)).get(30, TimeUnit.SECONDS);
  }

  @Test
  void objectsWithItsHostAreTakenInAllClustersAndItSaysWhatTheyGet() throws Exception {
    shop("{'host':'Shop.Example.com','ttl':7,'trafficSplit':[{'cluster':'west','weight':3}]}");
    try (SyncFixture sync = sync(false)) {
      sync.heard.members("east", SHOP + "=192.0.2.1");
      sync.heard.members("west", SHOP + "=198.51.100.1");
      assertThat(service(sync).ttl()).hasSeconds(7);
      assertThat(service(sync).members())
          .extracting(
              ImportedService.Member::weight,
              member -> member.provenance().policy(),
              member -> member.provenance().weight())
          .containsExactly(
              tuple(1, "GlobalService web/shop", "default"),
              tuple(3, "GlobalService web/shop", "trafficSplit of GlobalService web/shop"));

      shop("{'host':'shop.example.com','selector':{'tier':'front'}}");
      sync.heard.members("west");
      assertThat(sync.heard.now("east")).containsExactly(SHOP + "=192.0.2.1");
      Why why = why(sync, new Origin("west", "web", "Ingress", "shop"));
      assertThat(why.selected()).isFalse();
      assertThat(why.reasons())
          .containsExactly("no GlobalService names a host of it and has a selector that takes it");

      east.delete(SERVICES, "web", "shop");
      sync.heard.members("east");
      assertThat(patches()).as("writeStatus: false").isEmpty();
    }
  }

  @Test
  void nothingIsSaidOfAnyClusterBeforeTheLeaderIsKnown() throws Exception {
    east.failWith(503);
    try (SyncFixture sync = sync(false)) {
      sync.heard.status("west", ClusterStatus::connected);
      assertThat(sync.heard.sets("west")).isZero();
      shop("{'host':'shop.example.com'}");
      east.failWith(0);
      sync.heard.members("west", SHOP + "=198.51.100.1");
    }
  }

  @Test
  void aLeaderWithoutOurKindsNamesNothing() throws Exception {
    try (ScriptedApiServer bare = ScriptedApiServer.start();
        SyncFixture sync =
            SyncFixture.global(
                directory,
                Map.of("east", bare.url(), "west", west.url()),
                new GlobalSpec("east", true, Set.of(), new TextReader()))) {
      sync.heard.members("west");
      sync.heard.members("east");
    }
  }

  @Test
  void theStatusSaysWhatBecameOfItOnceAndOurOwnEchoIsNoNews() throws Exception {
    shop(4, "{'host':'shop.example.com'}", "");
    try (SyncFixture sync = sync(true)) {
      awaitPatch(
          "\"type\":\"Accepted\",\"status\":\"True\",\"observedGeneration\":4",
          "\"type\":\"Programmed\",\"status\":\"True\"",
          "\"message\":\"2 members at 1 names\"",
          "\"hosts\":[\"shop.example.com\"]");
      assertThat(east.patches().getLast().path())
          .isEqualTo("fairlead.io/v1alpha1/namespaces/web/globalservices/shop/status");
      String body = patches().getLast();
      String status = body.substring("{\"status\":".length(), body.length() - 1);
      shop(4, "{'host':'shop.example.com'}", status);
      int before = patches().size();
      // Later than many looks at the echo.
      west.putIngress("web", "y", Map.of(), List.of("y.example.com"), List.of("192.0.2.9"));
      Heard.until(() -> sync.agent.status().getLast().reason().contains("3 objects"));
      assertThat(patches()).hasSize(before);

      shop(5, "{'bad':'nonsense'}", status);
      String told = "nonsense; the last accepted version goes on";
      awaitPatch(
          "\"type\":\"Accepted\",\"status\":\"False\",\"observedGeneration\":5",
          "\"reason\":\"Invalid\",\"message\":\"" + told + "\"",
          "\"type\":\"Programmed\",\"status\":\"True\"");
      assertThat(sync.heard.now("east")).containsExactly(SHOP + "=192.0.2.1");
      Heard.until(() -> !sync.agent.status().getFirst().skipped().isEmpty());
      assertThat(sync.agent.status().getFirst().skipped())
          .extracting(skipped -> skipped.origin() + ": " + skipped.reason())
          .containsExactly("east/web/GlobalService/shop: " + told);
      Why why = why(sync, new Origin("east", "web", "globalservice", "shop"));
      assertThat(why.known()).isTrue();
      assertThat(why.selected()).isFalse();
      assertThat(why.reasons()).containsExactly(told);
      Heard.until(() -> east.created().stream().anyMatch(e -> e.body().contains(told)));
      assertThat(east.created().getFirst().body()).contains("\"kind\":\"GlobalService\"");
    }
  }

  @Test
  void whatIsNotServedIsSaidAtTheObject() throws Exception {
    shop("{'host':'nobody.example.com'}");
    try (SyncFixture sync = sync(true)) {
      awaitPatch("\"reason\":\"NoMembers\"", "nothing offers nobody.example.com");
      sync.agent.note(
          Map.of("nobody.example.com", List.of("left out, it is in none of the zones")));
      awaitPatch("\"reason\":\"NotServed\"", "left out, it is in none of the zones");
    }
  }

  @Test
  void aServiceWaitsForItsMonitor() throws Exception {
    shop("{'host':'shop.example.com','monitors':['hm']}");
    try (SyncFixture sync = sync(true)) {
      awaitPatch("\"reason\":\"RefNotFound\"", "\"reason\":\"Invalid\"", "was ever accepted");
      assertThat(sync.heard.now("east")).isEmpty();
      east.put(MONITORS, "web", "hm", Map.of(), "\"spec\":{\"type\":\"http\"}");
      sync.heard.members("east", SHOP + "=192.0.2.1");
      awaitPatch("it can be referred to");
      assertThat(service(sync).monitoring())
          .isEqualTo(new ImportedService.Monitoring.References(List.of("web/hm")));
    }
  }

  @Test
  void aLeaderThatComesBackEmptyTakesNothingAway() throws Exception {
    shop("{'host':'shop.example.com'}");
    try (SyncFixture sync = sync(false)) {
      sync.heard.members("west", SHOP + "=198.51.100.1");
      east.loseEverything();
      east.expire();
      Heard.until(() -> sync.agent.status().getFirst().reason().contains("lost the policy"));
      assertThat(sync.heard.now("west")).containsExactly(SHOP + "=198.51.100.1");
      sync.agent.acceptShrink("east");
      sync.heard.members("west");
    }
  }
}
