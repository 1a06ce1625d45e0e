package io.fairlead.sync.cluster;

import static io.fairlead.sync.cluster.SyncFixture.GSLB;
import static io.fairlead.sync.cluster.SyncFixture.byApp;
import static io.fairlead.sync.cluster.SyncFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An API server that is away, wrong or odd: served members stay, and it is said. */
@Timeout(120)
class FaultyClusterTest {
  @TempDir private Path directory;
  private ScriptedApiServer api;

  @BeforeEach
  void start() {
    api = ScriptedApiServer.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private SyncFixture sync() {
    return SyncFixture.of(directory, byApp(GSLB), Map.of("east", api.url()));
  }

  private void put(String name, String address) {
    api.putIngress("web", name, GSLB, List.of(name + ".example.com"), List.of(address));
  }

  @Test
  void theFirstSetComesWhenTheClusterIsListedEvenIfItIsEmpty() throws Exception {
    try (SyncFixture sync = sync()) {
      sync.heard.members("east");
      assertThat(sync.heard.status("east", ClusterStatus::connected).reason())
          .isEqualTo("synced, 0 objects");
    }
  }

  @Test
  void aWatchThatEndsResumesWithoutAnotherList() throws Exception {
    put("a", "192.0.2.1");
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
      int lists = api.lists();
      api.endWatches();
      put("b", "192.0.2.2");
      sync.heard.members("east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.2");
      assertThat(api.lists()).isEqualTo(lists);
    }
  }

  @Test
  void afterGoneItListsAgain() throws Exception {
    put("a", "192.0.2.1");
    put("b", "192.0.2.2");
    put("c", "192.0.2.3");
    try (SyncFixture sync = sync()) {
      sync.heard.members(
          "east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.2", "c.example.com=192.0.2.3");
      api.lose(ScriptedApiServer.INGRESSES, "web", "a");
      put("d", "192.0.2.4");
      api.expire();
      sync.heard.members(
          "east", "b.example.com=192.0.2.2", "c.example.com=192.0.2.3", "d.example.com=192.0.2.4");
    }
  }

  @Test
  void anEmptyListIsHeldBackUntilTheOperatorAccepts() throws Exception {
    put("a", "192.0.2.1");
    put("b", "192.0.2.2");
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.2");
      api.loseEverything();
      api.expire();
      ClusterStatus held = sync.heard.status("east", status -> status.held() == 2);
      assertThat(held.connected()).isTrue();
      assertThat(held.reason())
          .isEqualTo(
              "synced, 0 objects; the last list lost 2 members, which are held until accepted");
      assertThat(sync.heard.now("east"))
          .containsExactly("a.example.com=192.0.2.1", "b.example.com=192.0.2.2");

      assertThat(sync.agent.acceptShrink("east")).isTrue();
      sync.heard.members("east");
      sync.heard.status("east", status -> status.held() == 0);
    }
  }

  @Test
  void membersThatAreHeldComeBackByThemselvesWhenTheyAreListedAgain() throws Exception {
    put("a", "192.0.2.1");
    put("b", "192.0.2.2");
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.2");
      api.loseEverything();
      api.expire();
      sync.heard.status("east", status -> status.held() == 2);
      put("a", "192.0.2.1");
      put("b", "192.0.2.22");
      sync.heard.status("east", status -> status.held() == 0);
      sync.heard.members("east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.22");
    }
  }

  @Test
  void deletionsThatWereWatchedAlwaysApply() throws Exception {
    put("a", "192.0.2.1");
    put("b", "192.0.2.2");
    try (SyncFixture sync = sync()) {
      sync.heard.members("east", "a.example.com=192.0.2.1", "b.example.com=192.0.2.2");
      api.deleteIngress("web", "a");
      api.deleteIngress("web", "b");
      sync.heard.members("east");
      assertThat(sync.heard.statuses("east")).allMatch(status -> status.held() == 0);
    }
  }

  @Test
  void namespacesThatAListLosesTakeNoMembersAlong() throws Exception {
    api.putNamespace("web", Map.of("gslb", "yes"));
    put("a", "192.0.2.1");
    var byNamespace = policy(Map.of(), Map.of("gslb", "yes"));
    try (SyncFixture sync = SyncFixture.of(directory, byNamespace, Map.of("east", api.url()))) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
      api.lose(ScriptedApiServer.NAMESPACES, "", "web");
      api.expire();
      sync.heard.status("east", status -> status.held() == 1);
      assertThat(sync.heard.now("east")).containsExactly("a.example.com=192.0.2.1");
    }
  }

  @Test
  void aRestartedServerMeasuresTheFirstListByWhatItServedBefore() throws Exception {
    var origin = new Origin("east", "web", "Ingress", "a");
    var before =
        new ClusterMembers(
            "east",
            List.of(
                new ImportedMember(
                    "a.example.com",
                    "east",
                    "site-east",
                    InetAddress.ofLiteral("192.0.2.1"),
                    origin)),
            Instant.EPOCH);
    try (SyncFixture sync =
        SyncFixture.of(directory, byApp(GSLB), Map.of("east", api.url()), List.of(before))) {
      sync.heard.status("east", status -> status.held() == 1);
      sync.heard.members("east", "a.example.com=192.0.2.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, the credentials are not accepted",
    "403, the credentials may not list and watch",
    "429, too many requests",
    "500, answers 500"
  })
  void aClusterThatRefusesIsSaidOnceAndComesWhenItDoesNot(int code, String words) throws Exception {
    api.failWith(code);
    put("a", "192.0.2.1");
    try (SyncFixture sync = sync()) {
      ClusterStatus refused = sync.heard.status("east", status -> !status.connected());
      assertThat(refused.reason()).startsWith(api.url()).contains(words);
      assertThat(sync.heard.sets("east")).isZero();
      api.failWith(0);
      sync.heard.members("east", "a.example.com=192.0.2.1");
      sync.heard.status("east", ClusterStatus::connected);
      assertThat(sync.heard.statuses("east")).as("once away, once there").hasSize(2);
    }
  }

  @Test
  void aClusterThatTakesRequestsAndNeverAnswersDelaysNoOther() throws Exception {
    api.stall(true);
    put("a", "192.0.2.1");
    try (ScriptedApiServer west = ScriptedApiServer.start()) {
      west.putIngress("web", "a", GSLB, List.of("a.example.com"), List.of("198.51.100.1"));
      try (SyncFixture sync =
          SyncFixture.of(directory, byApp(GSLB), Map.of("east", api.url(), "west", west.url()))) {
        sync.heard.members("west", "a.example.com=198.51.100.1");
        assertThat(sync.heard.sets("east")).isZero();
        assertThat(sync.heard.status("east", status -> !status.connected()).reason())
            .isEqualTo("no answer from " + api.url() + " in time");
        api.stall(false);
        sync.heard.members("east", "a.example.com=192.0.2.1");
      }
    }
  }

  @Test
  void objectsWithLettersBeyondAsciiAreWatchedAsAnyOther() throws Exception {
    try (SyncFixture sync = sync()) {
      sync.heard.members("east");
      int lists = api.lists();
      api.put(
          ScriptedApiServer.INGRESSES,
          "web",
          "a",
          GSLB,
          """
          "note":"%s","spec":{"rules":[{"host":"a.example.com"}]},
          "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}\
          """
              .formatted("žluťoučký kůň 🐎".repeat(300)));
      sync.heard.members("east", "a.example.com=192.0.2.1");
      assertThat(api.lists()).as("the watch held").isEqualTo(lists);
    }
  }
}
