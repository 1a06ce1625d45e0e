package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F12: a configuration that the heap does not hold. The process ends at once, rather than living on
 * by half; what it knew is on disk, and the next one begins with it.
 */
final class HeapScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** What the JVM ends with (ExitOnOutOfMemoryError). */
  private static final int OUT_OF_MEMORY = 3;

  @TempDir private Path folder;

  @Test
  void anExhaustedHeapEndsTheProcessAndTheNextOneBeginsWithItsState() throws Exception {
    List<Site> sites = Site.open("127.0.10.1", "127.0.20.1");
    String yaml = FruitServer.yaml(folder, sites.getFirst().port());
    Path file = Files.writeString(folder.resolve("fruit.yaml"), yaml);
    try {
      try (var server = Launched.fairleadInHeap("40m", folder, "serve", file.toString())) {
        Launched.Ready ready = server.awaitReady();
        sites.getFirst().kill();
        Until.isTrue("one verdict down on disk", SOON, this::downIsKept);
        assertThat(ready.ask().share(FruitServer.NAME, 4)).containsOnlyKeys("127.0.20.1");

        Path aside = Files.writeString(folder.resolve("aside.yaml"), larger(yaml));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(server.exit(SOON)).as(server.err()).isEqualTo(OUT_OF_MEMORY);
      }
      Files.writeString(file, yaml);
      try (var server = Launched.fairleadInHeap("40m", folder, "serve", file.toString())) {
        assertThat(server.awaitReady().ask().share(FruitServer.NAME, 4))
            .as("restored, not found out again")
            .containsOnlyKeys("127.0.20.1");
      }
    } finally {
      sites.forEach(Site::close);
    }
  }

  private boolean downIsKept() {
    return StateKeeper.restore(new StateFile(folder.resolve("state"))).stream()
        .map(KeptState::verdicts)
        .anyMatch(verdicts -> verdicts.containsValue(false));
  }

  /** Thirty thousand services: some 200 MB as they are compiled. */
  private static String larger(String yaml) {
    var text = new StringBuilder(yaml);
    for (int i = 0; i < 30_000; i++) {
      text.append("  - name: s").append(i).append(".gslb.guzware.net\n");
      text.append("    pools: [ { name: p, algorithm: round-robin, members: [ { site: home-lab,");
      text.append(" address: 127.0.10.1 } ] } ]\n");
    }
    return text.toString();
  }
}
