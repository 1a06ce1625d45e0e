package io.fairlead.config.file;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.fairlead.config.AgentSpec;
import io.fairlead.config.Problem;
import io.fairlead.config.file.AgentLoader.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of an agent: the clusters as in the server's file, and the way to the server. */
final class AgentFileTest {
  private static final String GOOD =
      """
      version: 1
      push: { server: "https://gslb.example:8053", token: push.token, authority: ca.pem }
      sites: [ { name: oslo } ]
      sync:
        kubeconfig: gslb-members
        clusters: [ { context: c1, site: oslo } ]
        policy: { source: file, appSelector: { app: gslb } }
      """;

  @TempDir Path folder;

  private Result load(String text) throws IOException {
    return AgentLoader.load(Files.writeString(folder.resolve("agent.yaml"), text));
  }

  @Test
  void itSaysWhichClustersAndWhichServer() throws IOException {
    AgentSpec agent = assertInstanceOf(Result.Loaded.class, load(GOOD)).agent();
    assertThat(agent.server()).isEqualTo(URI.create("https://gslb.example:8053"));
    assertThat(agent.token()).isEqualTo(folder.resolve("push.token"));
    assertThat(agent.authority()).isEqualTo(folder.resolve("ca.pem"));
    assertThat(agent.sync().clusters()).extracting("context").containsExactly("c1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://gslb.example:8053 | http://gslb.example:8053 | push.server: "http://gslb.example:8053" does not fit; allowed: https://HOST[:PORT], or http:// on loopback
          https://gslb.example:8053 | http://192.0.2.1:8053    | allowed: https://HOST[:PORT]
          https://gslb.example:8053 | gslb.example             | allowed: https://HOST[:PORT]
          https://gslb.example:8053 | ftp://127.0.0.1          | allowed: https://HOST[:PORT]
          site: oslo                | site: bergen             | no site is called "bergen"
          site: oslo                | site: oslo, pushed: true | leave pushed out here
          token:                    | tokenn:                  | unknown key
          push:                     | pull:                    | push
          kubeconfig: gslb-members  | maxShrink: 0.5           | is needed for the clusters that are not pushed
          version: 1                | version: 2               | version
          sites:                    | zones:                   | zones
          """)
  void eachMistakeIsSaidWithWhatIsAllowed(String good, String bad, String problem)
      throws IOException {
    assertThat(GOOD).contains(good);
    Result result = load(GOOD.replace(good, bad));
    List<Problem> problems = assertInstanceOf(Result.Refused.class, result).problems();
    assertThat(problems).anyMatch(found -> found.toString().contains(problem));
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:8053", "http://localhost:8053", "'http://[::1]:8053'"})
  void onLoopbackNobodyListens(String server) throws IOException {
    assertThat(load(GOOD.replace("https://gslb.example:8053", server)))
        .isInstanceOf(Result.Loaded.class);
  }

  @Test
  void theOneThatIsShippedLoads() throws IOException {
    String manifest = Files.readString(Path.of("../deploy/clusters/agent.yaml"));
    String file =
        manifest
            .substring(manifest.indexOf("  agent.yaml: |"), manifest.indexOf("  kubeconfig: |"))
            .lines()
            .skip(1)
            .map(line -> line.substring(4))
            .collect(joining("\n"));
    assertThat(load(file)).isInstanceOf(Result.Loaded.class);
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    Result result = AgentLoader.load(folder.resolve("absent.yaml"));
    assertThat(assertInstanceOf(Result.Refused.class, result).problems()).hasSize(1);
  }
}
