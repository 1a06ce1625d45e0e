package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ShrinkGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sync} beside its kubeconfig: misspelt contexts are found, an absent file is no error. */
class SyncTest {
  private static final String GOOD =
      Loads.SMALLEST
          + """
          sync:
            kubeconfig: clusters.conf
            clusters:
              - { context: admin@one, site: here }
              - { context: admin@two, site: here }
            policy:
              source: file
              appSelector: { app: gslb }
              trafficSplit: [ { cluster: admin@two, weight: 3 } ]
          """;

  @TempDir Path folder;

  @BeforeEach
  void writeKubeconfig() throws IOException {
    kubeconfig("contexts:\n  - { name: admin@one, context: {} }\n  - { name: admin@two }\n");
  }

  private void kubeconfig(String text) throws IOException {
    Files.writeString(folder.resolve("clusters.conf"), text);
  }

  private List<String> problems(String good, String bad) {
    assertThat(GOOD).contains(good);
    return Loads.problems(folder, GOOD.replace(good, bad)).stream()
        .map(
            problem ->
                problem.line()
                    + ":"
                    + problem.column()
                    + " "
                    + problem.key()
                    + ": "
                    + problem.reason())
        .toList();
  }

  private List<String> warnings() {
    return Loads.loaded(folder, GOOD).warnings().stream().map(Problem::reason).toList();
  }

  @Test
  void isFoundRelativeToTheFilesFolder() {
    Loaded loaded = Loads.loaded(folder, GOOD);
    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.config().sync())
        .isNotNull()
        .extracting("kubeconfig")
        .isEqualTo(folder.resolve("clusters.conf"));
  }

  @Test
  void aContextThatTheKubeconfigHasNot() {
    assertThat(problems("context: admin@two", "context: admin@tow"))
        .contains(
            "18:18 sync.clusters[1].context: the kubeconfig has no context \"admin@tow\" (did you"
                + " mean \"admin@two\"?); it has: admin@one, admin@two");
  }

  @Test
  void aKubeconfigThatIsNotThereYet() throws IOException {
    Files.delete(folder.resolve("clusters.conf"));
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("the contexts of the clusters could not be looked up: ")
        .endsWith("it does not exist");
  }

  @Test
  void aKubeconfigThatIsNoYaml() throws IOException {
    kubeconfig("contexts: [");
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("the contexts of the clusters could not be looked up: ")
        .contains("clusters.conf:1:12: not valid YAML");
  }

  @Test
  void aKubeconfigWithoutContexts() throws IOException {
    kubeconfig("apiVersion: v1\n");
    assertThat(Loads.problems(folder, GOOD)).hasSize(2);
  }

  @Test
  void aKubeconfigInJson() throws IOException {
    kubeconfig("{\"contexts\": [{\"name\": \"admin@one\"}, {\"name\": \"admin@two\"}]}");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aClusterTwice() {
    assertThat(problems("context: admin@two", "context: admin@one"))
        .first()
        .asString()
        .startsWith(
            "18:18 sync.clusters[1].context: \"admin@one\" is the name of another cluster already,"
                + " in line 17");
  }

  @Test
  void aClusterOfNoSite() {
    assertThat(problems("admin@two, site: here", "admin@two, site: there"))
        .containsExactly(
            "18:35 sync.clusters[1].site: no site is called \"there\" (did you mean \"here\"?);"
                + " declared: here");
  }

  @Test
  void aShareOfNoCluster() {
    assertThat(problems("cluster: admin@two", "cluster: admin@three"))
        .containsExactly(
            "22:32 sync.policy.trafficSplit[0].cluster: no cluster is called \"admin@three\" (did"
                + " you mean \"admin@one\"?); declared: admin@one, admin@two");
  }

  @Test
  void aShareTwice() {
    assertThat(problems("weight: 3 }", "weight: 3 }, { cluster: admin@two }"))
        .containsExactly(
            "22:67 sync.policy.trafficSplit[1].cluster: this cluster's share stands in line 22"
                + " already");
  }

  @Test
  void aShareBeyondWhatClustersMayHave() {
    assertThat(problems("weight: 3", "weight: 21"))
        .containsExactly(
            "22:51 sync.policy.trafficSplit[0].weight: 21 is out of range; allowed: a whole number"
                + " from 1 to 20");
  }

  private String withPolicy(String policy) {
    return GOOD.substring(0, GOOD.indexOf("  policy:")) + "  policy: " + policy + "\n";
  }

  @Test
  void amkosObjectsInTheLeaderMayReferToTheFilesMonitors() {
    String monitors =
        """
        monitors:
          - { name: web, type: http, port: 80 }
          - { name: port, type: tcp, port: 443 }
        """;
    assertThat(
            Loads.config(folder, withPolicy("{ source: amko, leader: admin@two }") + monitors)
                .sync())
        .extracting("amko")
        .isEqualTo(new AmkoSpec("admin@two", true, Set.of("web", "port"), Set.of("web")));
  }

  @Test
  void ourObjectsCountBesideAmkosAndOverWhatTheFileSays() {
    var objects = new GlobalSpec("admin@two", true, Set.of(), GlobalObjectReader.INSTANCE);
    for (String source : new String[] {"amko", "fairlead"}) {
      Loaded loaded =
          Loads.loaded(folder, withPolicy("{ source: " + source + ", leader: admin@two }"));
      assertThat(loaded.warnings()).as("no selector is needed").isEmpty();
      assertThat(loaded.config().sync()).extracting("global").isEqualTo(objects);
    }
    var sync =
        Loads.config(
                folder,
                withPolicy(
                    "{ source: fairlead, leader: admin@two, ttl: 9s, appSelector: { a: b } }"))
            .sync();
    assertThat(sync).extracting("amko").isNull();
    assertThat(sync).extracting("policy.ttl").isEqualTo(Duration.ofSeconds(9));
    assertThat(sync).extracting("policy.appSelector").isEqualTo(Map.of("a", "b"));
    assertThat(Loads.config(folder, GOOD).sync()).extracting("global").isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ source: amko, leader: admin@three } | no cluster is called \"admin@three\"",
        "{ source: amko } | source amko needs this key",
        "{ source: fairlead } | source fairlead needs this key",
        "{ source: fairlead, leader: admin@three } | no cluster is called \"admin@three\"",
        "{ source: amko, leader: admin@two, appSelector: { a: b } } | with source amko",
      })
  void whatAmkoCannotBeTold(String policy, String reason) {
    assertThat(Loads.problems(folder, withPolicy(policy)))
        .extracting(Problem::reason)
        .singleElement()
        .asString()
        .startsWith(reason);
  }

  @Test
  void anAlgorithmThatNeedsWhatTheFileHasNot() {
    assertThat(problems("appSelector: { app: gslb }", "algorithm: geo"))
        .containsExactly(
            "21:16 sync.policy.algorithm: algorithm geo needs geo.databases, which say where"
                + " clients are");
    assertThat(problems("appSelector: { app: gslb }", "algorithm: topology"))
        .containsExactly(
            "21:16 sync.policy.algorithm: algorithm topology needs topology, the name of one of"
                + " topologies");
  }

  @Test
  void theShrinkGuardAndTheStatus() {
    String yaml =
        GOOD.replace(
            "  policy:", "  maxShrink: 0.2\n  acceptShrink: true\n  writeStatus: false\n  policy:");
    assertThat(Loads.config(folder, yaml).sync())
        .extracting("shrink")
        .isEqualTo(new ShrinkGuard(0.2, true));
    assertThat(problems("  policy:", "  maxShrink: 20\n  policy:"))
        .containsExactly("19:14 sync.maxShrink: 20 is out of range; allowed: a number from 0 to 1");
  }
}
