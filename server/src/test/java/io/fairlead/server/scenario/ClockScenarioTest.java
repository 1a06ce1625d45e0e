package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole server, while the wall clock is moved under it by libfaketime, and while it is stopped:
 * neither turns anything down, and a site that then really dies is down as ever.
 */
final class ClockScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

  /** Longer than any timeout here, and than the second that tells a stop from a hiccup. */
  private static final Duration STOPPED = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private HttpServer site;
  private final AtomicInteger probes = new AtomicInteger();

  @BeforeEach
  void openSite() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.10.1"), 0), 16);
    site.setExecutor(Executors.newCachedThreadPool());
    site.createContext(
        "/",
        exchange -> {
          probes.incrementAndGet();
          try (exchange) {
            exchange.sendResponseHeaders(200, -1);
          }
        });
    site.start();
  }

  @AfterEach
  void closeSite() {
    site.stop(0);
  }

  @Test
  void aWallClockThatJumpsTurnsNothingDown() throws Exception {
    Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
    assumeTrue(library != null, "libfaketime is not installed");
    setClock("+0");
    var environment =
        Map.of(
            "LD_PRELOAD",
            String.valueOf(library),
            "FAKETIME_TIMESTAMP_FILE",
            folder.resolve("clock").toString(),
            "FAKETIME_NO_CACHE",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1");
    try (var server = Launched.fairlead(folder, environment, "serve", file().toString())) {
      Launched.Ready ready = server.awaitReady();
      for (String jump : List.of("+3600", "-86400", "@2038-01-19 03:14:05", "+0")) {
        setClock(jump);
        awaitProbes(3);
        assertThat(ready.ask().share(FruitServer.NAME, 4)).as(jump).containsOnlyKeys("127.0.10.1");
        assertThat(server.timesSaid(" is DOWN")).as(jump).isZero();
      }
      awaitTheEndOfTheSite(server);
    }
  }

  @Test
  void aStoppedProcessTurnsNothingDown() throws Exception {
    try (var server = Launched.fairlead(folder, "serve", file().toString())) {
      Launched.Ready ready = server.awaitReady();
      for (int time = 0; time < 3; time++) {
        awaitProbes(3);
        server.signal("STOP");
        long stopped = System.nanoTime();
        Until.isTrue(
            "it was stopped for long enough",
            SOON,
            () -> System.nanoTime() - stopped > STOPPED.toNanos());
        server.signal("CONT");
        awaitProbes(3);
        assertThat(ready.ask().share(FruitServer.NAME, 4)).containsOnlyKeys("127.0.10.1");
      }
      assertThat(server.err()).doesNotContain(" is DOWN");
      awaitTheEndOfTheSite(server);
    }
  }

  private void awaitTheEndOfTheSite(Launched server) {
    site.stop(0);
    server.awaitSaid("refused by 127.0.10.1");
  }

  private void awaitProbes(int count) {
    int before = probes.get();
    Until.isTrue(count + " more probes", SOON, () -> probes.get() >= before + count);
  }

  private void setClock(String offset) {
    try {
      Path aside = Files.writeString(folder.resolve("clock.new"), offset + "\n");
      Files.move(aside, folder.resolve("clock"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One member, whose loss would be seen at once: fall 1, and the answer's only address. */
  private Path file() throws IOException {
    String yaml =
        FruitServer.yaml(folder, site.getAddress().getPort())
            .replace(
                "interval: 1s, timeout: 500ms, rise: 2, fall: 2",
                "interval: 1500ms, timeout: 1500ms, rise: 1, fall: 1")
            .replaceFirst("\\s+- \\{ site: remote-site.*", "\n");
    return Files.writeString(folder.resolve("fruit.yaml"), yaml);
  }
}
