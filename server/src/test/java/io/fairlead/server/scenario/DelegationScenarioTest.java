package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/delegation.md, as it is written there: BIND's named as the parent and as a resolver, and two
 * nodes on port 53, in a network of their own.
 */
final class DelegationScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> PLACES = List.of("/usr/sbin/named", "/usr/bin/named");

  @TempDir private Path folder;
  private String network = "";

  @AfterEach
  void dropNetwork() throws Exception {
    if (!network.isEmpty()) {
      run("ip", "netns", "del", network);
    }
  }

  @Test
  void aResolverFollowsTheDocumentedDelegationAndOneNodeIsEnough() throws Exception {
    String named =
        PLACES.stream().filter(place -> Files.isExecutable(Path.of(place))).findFirst().orElse("");
    assumeTrue(!named.isEmpty(), "named is not installed");
    String name = "delegation-" + ProcessHandle.current().pid();
    assumeTrue(run("ip", "netns", "add", name).isEmpty(), "this user may make no network");
    network = name;
    inside("ip", "link", "set", "lo", "up");
    Files.writeString(folder.resolve("example.com.zone"), block("zone"));
    Path configuration = Files.writeString(folder.resolve("named.conf"), here(block("named")));
    Process parent = start(named, "-g", "-c", configuration.toString());
    try (var one = node("ns1", "127.0.0.53");
        var two = node("ns2", "127.0.0.54")) {
      one.awaitReady();
      two.awaitReady();
      Until.isTrue("named answers", SOON, () -> dig("example.com", "SOA").contains("NOERROR"));

      assertThat(dig("gslb.example.com", "NS", "+norecurse"))
          .contains("ns1.gslb.example.com.", "ns2.gslb.example.com.", "127.0.0.53", "127.0.0.54");
      assertThat(dig("www.example.com", "A"))
          .containsPattern("www\\.example\\.com\\.\\s+\\d+\\s+IN\\s+CNAME\\s+www\\.gslb")
          .containsPattern("www\\.gslb\\.example\\.com\\.\\s+\\d+\\s+IN\\s+A\\s+192\\.0\\.2\\.80");

      one.signal("TERM");
      assertThat(one.exit()).isZero();
      assertThat(dig("nowhere.gslb.example.com", "A"))
          .as("asked of the other node")
          .contains("status: NXDOMAIN");
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  private Launched node(String name, String address) throws IOException {
    String yaml = here(block("yaml")).replace("@NODE@", name).replace("@ADDRESS@", address);
    Path file = Files.writeString(folder.resolve(name + ".yaml"), yaml);
    return Launched.fairleadBehind(
        List.of("ip", "netns", "exec", network), folder, "serve", file.toString());
  }

  private String here(String text) {
    return text.replace("@HERE@", folder.toString());
  }

  /** What the page shows in this language. */
  private static String block(String language) throws IOException {
    Path page =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .map(parent -> parent.resolve("docs/delegation.md"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    Matcher block =
        Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(page));
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private String dig(String... question) {
    var command = new ArrayList<>(List.of("dig", "@127.0.0.1", "+tries=2", "+time=5"));
    command.addAll(List.of(question));
    try {
      return inside(command.toArray(String[]::new));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(String.join(" ", command), e);
    }
  }

  private String inside(String... command) throws IOException, InterruptedException {
    return run(
        Stream.concat(Stream.of("ip", "netns", "exec", network), Stream.of(command))
            .toArray(String[]::new));
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(
            Stream.concat(Stream.of("ip", "netns", "exec", network), Stream.of(command)).toList())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("named.log").toFile())
        .start();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(30, TimeUnit.SECONDS);
    return out;
  }
}
