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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F20: addresses that come and go under a server, in a network of its own. */
final class InterfaceScenarioTest {
  private static final int PORT = 5300;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private String network = "";

  @BeforeEach
  void makeNetwork() throws Exception {
    String name = "fairlead-" + ProcessHandle.current().pid();
    assumeTrue(run("ip", "netns", "add", name).exit() == 0, "this user may make no network");
    network = name;
    assertThat(inside("ip", "link", "set", "lo", "up").exit()).isZero();
    assertThat(inside("ip", "addr", "add", "10.53.0.1/32", "dev", "lo").exit()).isZero();
  }

  @AfterEach
  void dropNetwork() throws Exception {
    if (!network.isEmpty()) {
      run("ip", "netns", "del", network);
    }
  }

  @Test
  void anAddressThatComesLaterIsServedAndOneThatGoesTakesNothingWithIt() throws Exception {
    try (var server = serve("[\"0.0.0.0:5300\"]")) {
      server.awaitSaid("ready: udp");
      assertThat(dig("10.53.0.1")).isEqualTo("NOERROR");

      assertThat(inside("ip", "addr", "add", "10.53.0.2/32", "dev", "lo").exit()).isZero();
      Until.isTrue("the new address answers", SOON, () -> dig("10.53.0.2").equals("NOERROR"));

      assertThat(inside("ip", "addr", "del", "10.53.0.1/32", "dev", "lo").exit()).isZero();
      Until.isTrue("the loopback still answers", SOON, () -> dig("127.0.0.1").equals("NOERROR"));
      assertThat(server.err()).doesNotContain("ERROR");
    }
  }

  @Test
  void anAddressThatTheMachineHasNotIsSaidAndExits71() throws Exception {
    try (var server = serve("[\"10.53.0.77:5300\"]")) {
      assertThat(server.exit()).isEqualTo(71);
      assertThat(server.err()).contains("10.53.0.77", "5300").doesNotContain("\tat ");
    }
  }

  @Test
  void withIpv6SwitchedOffTheRestIsServed() throws Exception {
    assertThat(inside("sysctl", "-w", "net.ipv6.conf.all.disable_ipv6=1").exit()).isZero();
    try (var server = serve("[\"0.0.0.0:5300\", \"[::]:5300\"]")) {
      server.awaitSaid("ready: udp");
      assertThat(dig("10.53.0.1")).isEqualTo("NOERROR");
    }
  }

  private Launched serve(String listen) throws IOException {
    String yaml =
        FruitServer.yaml(folder, 9)
            .replace("name: dns-1,", "name: dns-1, readyTimeout: 1s,")
            .replace("[\"127.0.0.1:0\"]", listen);
    Path file = Files.writeString(folder.resolve("fruit.yaml"), yaml);
    return Launched.fairleadBehind(
        List.of("ip", "netns", "exec", network), folder, "serve", file.toString());
  }

  /** The response code; empty where none comes. */
  private String dig(String address) {
    try {
      String said =
          inside("dig", "@" + address, "-p", "" + PORT, "+tries=1", "+time=1", FruitServer.NAME)
              .out();
      return said.contains("status: NOERROR") ? "NOERROR" : "";
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(address, e);
    }
  }

  private record End(int exit, String out) {}

  private End inside(String... command) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("ip", "netns", "exec", network));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  private static End run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new End(-1, String.valueOf(e.getMessage()));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor(30, TimeUnit.SECONDS)
        ? new End(process.exitValue(), out)
        : new End(-1, out);
  }
}
