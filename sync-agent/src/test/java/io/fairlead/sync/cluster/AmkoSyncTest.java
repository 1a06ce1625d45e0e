package io.fairlead.sync.cluster;

import static io.fairlead.sync.cluster.SyncFixture.GSLB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.sync.merge.ImportedService;
import io.fairlead.sync.merge.Merge;
import io.fairlead.sync.spec.AmkoSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AMKO's objects in the leader cluster are the policy of all clusters. */
@Timeout(120)
class AmkoSyncTest {
  private static final String CONFIGS = "amko.vmware.com/v1alpha1/gslbconfigs";
  private static final String POLICIES = "amko.vmware.com/v1alpha2/globaldeploymentpolicies";
  private static final String RULES = "amko.vmware.com/v1alpha1/gslbhostrules";
  private static final String HOST_RULES = "ako.vmware.com/v1beta1/hostrules";
  private static final String EAST_AND_WEST =
      """
      "spec":{"matchRules":{"appSelector":{"label":{"app":"gslb"}}},
              "matchClusters":[{"cluster":"east"},{"cluster":"west"}],
              "trafficSplit":[{"cluster":"east","weight":8}],"ttl":10}\
      """;

  @TempDir private Path directory;
  private final ScriptedApiServer east = ScriptedApiServer.start();
  private final ScriptedApiServer west = ScriptedApiServer.start();

  @BeforeEach
  void install() {
    east.know(CONFIGS, "GSLBConfig");
    east.know(POLICIES, "GlobalDeploymentPolicy");
    east.know(RULES, "GSLBHostRule");
    east.know(HOST_RULES, "HostRule");
    ingress(east, "app", "app.example.com", "192.0.2.1");
    ingress(west, "app", "app.example.com", "198.51.100.1");
  }

  @AfterEach
  void stop() {
    east.close();
    west.close();
  }

  @Test
  void policyAndConfigInTheLeaderSelectInAllClustersAndTheirStatusSaysSo() throws Exception {
    config(false);
    east.put(POLICIES, "avi-system", "gdp", Map.of(), EAST_AND_WEST);
    try (SyncFixture sync = sync(true)) {
      sync.heard.members("east", "app.example.com=192.0.2.1");
      sync.heard.members("west", "app.example.com=198.51.100.1");
      ImportedService service = services(sync).getFirst();
      assertThat(service.ttl()).isEqualTo(Duration.ofSeconds(10));
      assertThat(service.members())
          .extracting(ImportedService.Member::weight)
          .containsExactly(8, 1);
      assertThat(downResponse(service)).isEqualTo("none");
      Heard.until(() -> east.patches().size() == 2);
      assertThat(east.patches())
          .containsExactlyInAnyOrder(
              new ScriptedApiServer.Patch(
                  "amko.vmware.com/v1alpha1/namespaces/avi-system/gslbconfigs/gc",
                  "{\"status\":{\"state\":\"success: gslb config accepted\"}}"),
              new ScriptedApiServer.Patch(
                  "amko.vmware.com/v1alpha2/namespaces/avi-system/globaldeploymentpolicies/gdp",
                  "{\"status\":{\"errorStatus\":\"success\"}}"));

      east.delete(POLICIES, "avi-system", "gdp");
      sync.heard.members("east");
      sync.heard.members("west");
    }
  }

  @Test
  void nothingIsSaidOfAnyClusterBeforeThePolicyIsKnown() throws Exception {
    east.failWith(503);
    try (SyncFixture sync = sync(false)) {
      sync.heard.status("west", ClusterStatus::connected);
      assertThat(sync.heard.sets("west")).isZero();
      config(false);
      east.put(POLICIES, "avi-system", "gdp", Map.of(), EAST_AND_WEST);
      east.failWith(0);
      sync.heard.members("west", "app.example.com=198.51.100.1");
      assertThat(east.patches()).as("writeStatus: false").isEmpty();
    }
  }

  @Test
  void aHostRuleGivesTheGlobalNameAndItsAliases() throws Exception {
    config(true);
    east.put(POLICIES, "avi-system", "gdp", Map.of(), EAST_AND_WEST);
    try (SyncFixture sync = sync(false)) {
      sync.heard.members("east");
      Heard.until(() -> !sync.agent.status().getFirst().skipped().isEmpty());
      assertThat(sync.agent.status().getFirst().skipped())
          .extracting(ClusterStatus.Skipped::reason)
          .containsExactly("no accepted HostRule gives app.example.com a gslb.fqdn");
      hostRule("app.example.com", "global.example.com", "Accepted");
      sync.heard.members("east", "global.example.com=192.0.2.1");
      ImportedService service = services(sync).getFirst();
      assertThat(service.host()).isEqualTo("global.example.com");
      assertThat(service.aliases()).containsExactly("alias.example.com");
      assertThat(service.members().getFirst().probeHost()).isEqualTo("app.example.com");
      hostRule("app.example.com", "global.example.com", "Rejected");
      sync.heard.members("east");
    }
  }

  @Test
  void aClusterWithoutAkoIsNoFailedCluster() throws Exception {
    config(false);
    east.put(POLICIES, "avi-system", "gdp", Map.of(), EAST_AND_WEST);
    try (SyncFixture sync = sync(false)) {
      sync.heard.members("west", "app.example.com=198.51.100.1");
      sync.heard.status("west", ClusterStatus::connected);
      assertThat(sync.heard.statuses("west")).allMatch(ClusterStatus::connected);
    }
  }

  @Test
  void aLeaderThatComesBackEmptyTakesNothingAway() throws Exception {
    config(false);
    east.put(POLICIES, "avi-system", "gdp", Map.of(), EAST_AND_WEST);
    try (SyncFixture sync = sync(false)) {
      sync.heard.members("east", "app.example.com=192.0.2.1");
      sync.heard.members("west", "app.example.com=198.51.100.1");
      east.loseEverything();
      east.expire();
      ClusterStatus held = sync.heard.status("east", status -> status.held() == 1);
      Heard.until(() -> sync.agent.status().getFirst().reason().contains("lost the policy"));
      assertThat(held.connected()).isTrue();
      assertThat(sync.heard.now("west")).containsExactly("app.example.com=198.51.100.1");
      sync.agent.acceptShrink("east");
      sync.heard.members("west");
    }
  }

  private SyncFixture sync(boolean writeStatus) {
    return SyncFixture.amko(
        directory,
        Map.of("east", east.url(), "west", west.url()),
        new AmkoSpec("east", writeStatus));
  }

  private static List<ImportedService> services(SyncFixture sync) {
    return Merge.merge(sync.spec, sync.heard.latest());
  }

  private static String downResponse(ImportedService service) {
    var down = service.downResponse();
    return down == null ? "unset" : down.type();
  }

  private void config(boolean customGlobalFqdn) {
    east.put(
        CONFIGS,
        "avi-system",
        "gc",
        Map.of(),
        """
        "spec":{"gslbLeader":{"credentials":"gslb-avi-secret","controllerIP":"10.10.10.10"},
                "memberClusters":[{"clusterContext":"east"},{"clusterContext":"west"}],
                "useCustomGlobalFqdn":%s}\
        """
            .formatted(customGlobalFqdn));
  }

  private void hostRule(String host, String global, String status) {
    east.put(
        HOST_RULES,
        "web",
        "hr",
        Map.of(),
        """
        "spec":{"virtualhost":{"fqdn":"%s","gslb":{"fqdn":"%s","includeAliases":true},
                "aliases":["Alias.example.com"]}},"status":{"status":"%s"}\
        """
            .formatted(host, global, status));
  }

  private static void ingress(ScriptedApiServer api, String name, String host, String ip) {
    api.putIngress("web", name, GSLB, List.of(host), List.of(ip));
  }
}
