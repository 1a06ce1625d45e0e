package io.fairlead.server.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of AMKO's charts, as published, become files that load. */
class AmkoImportTest {
  @TempDir private Path folder;

  private FairleadConfig load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("fairlead.yaml"), yaml);
    return switch (ConfigLoader.load(file)) {
      case ConfigLoader.Result.Loaded(var config, _) -> config;
      case ConfigLoader.Result.Refused(var problems) ->
          throw new AssertionError(problems + " in\n" + yaml);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.1", "1.6.1", "1.9.1", "1.13.1", "2.2.1"})
  void thePublishedValuesOfEveryGeneration(String version) throws IOException {
    String values;
    try (InputStream in =
        AmkoImportTest.class.getResourceAsStream("amko-" + version + "-values.yaml")) {
      values = new String(requireNonNull(in).readAllBytes(), UTF_8);
    }
    String yaml = AmkoImport.of(AmkoValues.parse(values));
    assertThat(requireNonNull(load(yaml).sync()).clusters())
        .containsExactly(
            new ClusterSpec("cluster1-admin", "cluster1-admin"),
            new ClusterSpec("cluster2-admin", "cluster2-admin"));
    assertThat(yaml)
        .contains("# - configs.controllerVersion: no Avi controller is asked\n")
        .contains("# - image: the deployment of Fairlead says its own\n")
        .contains("without appSelector or namespaceSelector nothing is selected, as in AMKO")
        .doesNotContain("not known of AMKO's chart");
  }

  @Test
  void everyValueThatHasAMeaningHere() throws IOException {
    String yaml =
        AmkoImport.of(
            AmkoValues.parse(
                """
                configs:
                  memberClusters:
                    - clusterContext: "admin@one"
                    - clusterContext: "admin@two"
                    - clusterContext: "admin@three"
                  useCustomGlobalFqdn: true
                  gslbLeaderController: 10.10.10.10
                gslbLeaderCredentials: { username: admin, password: secret }
                federation: { currentCluster: "admin@two" }
                globalDeploymentPolicy:
                  appSelector: { label: { app: gslb } }
                  namespaceSelector: { label: { ns: gslb } }
                  matchClusters: [ { cluster: "admin@one" }, { cluster: "admin@two" } ]
                  trafficSplit:
                    - { cluster: "admin@one", weight: 8, priority: 2 }
                    - { cluster: "admin@two", weight: 2 }
                    - { cluster: "admin@four", weight: 2 }
                  ttl: 10
                  healthMonitorRefs: [ hm1 ]
                  sitePersistenceRef: gap-1
                  poolAlgorithmSettings: { lbAlgorithm: GSLB_ALGORITHM_CONSISTENT_HASH, hashMask: 20 }
                  downResponse: { type: GSLB_SERVICE_DOWN_RESPONSE_FALLBACK_IP, fallbackIP: 192.0.2.9 }
                  defaultDomain: .avi.internal
                  novelty: 7
                """));
    FairleadConfig config = load(yaml);
    var sync = requireNonNull(config.sync());
    assertThat(config.zones().getFirst().apex()).hasToString("avi.internal");
    assertThat(sync.clusters())
        .containsExactly(
            new ClusterSpec("admin@one", "admin-one"), new ClusterSpec("admin@two", "admin-two"));
    assertThat(sync.policy().appSelector()).isEqualTo(Map.of("app", "gslb"));
    assertThat(sync.policy().namespaceSelector()).isEqualTo(Map.of("ns", "gslb"));
    assertThat(sync.policy().trafficSplit())
        .containsExactly(new TrafficSplit("admin@one", 8, 2), new TrafficSplit("admin@two", 2, 10));
    assertThat(sync.policy().ttl()).isEqualTo(Duration.ofSeconds(10));
    assertThat(sync.policy().algorithm()).isEqualTo("consistent-hash");
    assertThat(sync.policy().customGlobalFqdn()).isTrue();
    assertThat(sync.policy().monitors()).containsExactly("hm1");
    assertThat(config.imported().downResponse()).isInstanceOf(DownResponse.FallbackAddress.class);
    assertThat(yaml)
        .contains("# policy: { source: amko, leader: \"admin@two\" }")
        .contains(
            "# - gslbLeaderCredentials: no Avi controller is asked: no credentials are needed")
        .contains("# - globalDeploymentPolicy.sitePersistenceRef: it needs the data path")
        .contains("# - globalDeploymentPolicy.novelty: not known of AMKO's chart")
        .contains("# not in matchClusters: - { context: \"admin@three\"")
        .contains("hashMask 20 is 24 bits")
        .contains("admin@four is none of matchClusters")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "a: [", "configs: {}", "version: 1", "configs: text"})
  void whatIsNoValuesFileOfThatChart(String text) {
    assertThatThrownBy(() -> AmkoValues.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s)(no values of AMKO's chart|not valid YAML).*");
  }
}
