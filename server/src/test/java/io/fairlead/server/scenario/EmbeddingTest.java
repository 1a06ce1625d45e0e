package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.server.Environment;
import io.fairlead.server.Fairlead;
import io.fairlead.server.StartFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in somebody else's program: docs/embedding.md. */
final class EmbeddingTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern ANSWERING =
      Pattern.compile("answering at .*/(127\\.0\\.0\\.1):(\\d+)");

  @TempDir private Path folder;

  /** Nothing listens at its members: both are down, and both are handed out. */
  private Path file(String name) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    String yaml = FruitServer.yaml(own, 9).replace("dns-1,", name + ", readyTimeout: 1s,");
    return Files.writeString(own.resolve("gslb.yaml"), yaml);
  }

  private FairleadConfig config(String name) throws IOException {
    return ConfigLoader.load(file(name)).orElseThrow();
  }

  private static Ask ask(Fairlead server) {
    return new Ask(server.udpAddresses().getFirst(), server.tcpAddresses().getFirst());
  }

  @Test
  void theDocumentedProgramCompilesAnswersAndEnds() throws Exception {
    Path sources =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .map(parent -> parent.resolve("docs/embedding/src/main/java/orchard"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    Path classes = folder.resolve("classes");
    int compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-cp",
                Launched.classPath(),
                "-d",
                classes.toString(),
                sources.resolve("Orchard.java").toString());
    assertThat(compiled).isZero();

    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "orchard.Orchard",
            file("orchard").toString());
    builder.environment().put("CLASSPATH", classes + ":" + Launched.classPath());
    Process program = builder.redirectErrorStream(true).start();
    try (BufferedReader said = program.inputReader()) {
      Matcher answering =
          said.lines().map(ANSWERING::matcher).filter(Matcher::find).findFirst().orElseThrow();
      var address =
          new InetSocketAddress(
              InetAddress.ofLiteral(answering.group(1)), Integer.parseInt(answering.group(2)));
      assertThat(new Ask(address, address).addresses(FruitServer.NAME)).hasSize(2);

      program.getOutputStream().write('\n');
      program.getOutputStream().flush();
      said.lines().forEach(_ -> {});
      assertThat(program.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void severalServersShareNothingAndLeaveNoThread() throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (Fairlead one = Fairlead.start(config("one"), Environment.system())) {
      try (Fairlead two = Fairlead.start(config("two"), Environment.system())) {
        assertThat(one.awaitAnswering(SOON)).isTrue();
        assertThat(two.awaitAnswering(SOON)).isTrue();
        assertThat(one.udpAddresses()).doesNotContainAnyElementsOf(two.udpAddresses());
        assertThat(ask(two).addresses(FruitServer.NAME)).hasSize(2);
        assertThat(one.counters()).isNotSameAs(two.counters());
      }
      assertThat(ask(one).addresses(FruitServer.NAME)).as("the other is gone").hasSize(2);
    }
    Until.isTrue(() -> "left: " + left(before), SOON, () -> left(before).isEmpty());
  }

  /** Threads that would keep a JVM alive. */
  private static Set<String> left(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon() && thread.isAlive() && !before.contains(thread))
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void anotherConfigurationIsServedWhenApplyReturns() throws Exception {
    FairleadConfig config = config("one");
    try (Fairlead server = Fairlead.start(config, Environment.system())) {
      assertThat(server.awaitAnswering(SOON)).isTrue();

      server.apply(config.withServices(List.of()));

      assertThat(ask(server).addresses(FruitServer.NAME)).isEmpty();
    }
  }

  @Test
  void aFileThatCannotBeServedThrowsAllItsProblems() throws Exception {
    Path file = file("one");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("answers: 1", "answers: none")
            .replace("algorithm: round-robin", "algorithm: round-robbin"));

    assertThatThrownBy(() -> ConfigLoader.load(file).orElseThrow())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*gslb\\.yaml:\\d+:\\d+: .*answers.*\n.*round-robbin.*");
  }

  @Test
  void anAddressThatIsTakenThrowsAndLeavesNothingOpen() throws Exception {
    int udp;
    try (var free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      udp = free.getLocalPort();
    }
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Path file = file("one");
      Files.writeString(
          file,
          Files.readString(file)
              .replace("udp: [\"127.0.0.1:0\"]", "udp: [\"127.0.0.1:" + udp + "\"]")
              .replace(
                  "admin: { listen: \"127.0.0.1:0\"",
                  "admin: { listen: \"127.0.0.1:" + taken.getLocalPort() + "\""));
      FairleadConfig config = ConfigLoader.load(file).orElseThrow();

      assertThatThrownBy(() -> Fairlead.start(config, Environment.system()))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
    try (var again = new DatagramSocket(udp, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(again.isBound()).isTrue();
    }
  }
}
