package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes nothing more: queries notice nothing, operators are told, and it heals. */
final class FullDiskScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final Said said = new Said();
  private List<Site> sites;

  @BeforeEach
  void openSites() throws IOException {
    sites = Site.open("127.0.10.1", "127.0.20.1");
  }

  @AfterEach
  void closeSites() {
    sites.forEach(Site::close);
    said.close();
  }

  /** What is done to the place of the state, and how it is undone. */
  private interface Trouble {
    void begin() throws Exception;

    void end() throws Exception;
  }

  @Test
  void aFileInThePlaceOfTheDirectory() throws Exception {
    Path state = folder.resolve("state");
    survives(
        state,
        new Trouble() {
          @Override
          public void begin() throws IOException {
            Files.move(state, folder.resolve("away"));
            Files.writeString(state, "in the way");
          }

          @Override
          public void end() throws IOException {
            Files.delete(state);
            Files.move(folder.resolve("away"), state);
          }
        });
  }

  @Test
  void aFullDisk() throws Exception {
    Path disk = mountSmallDisk();
    try {
      Path filler = disk.resolve("filler");
      survives(
          disk.resolve("state"),
          new Trouble() {
            @Override
            public void begin() throws IOException {
              fill(filler);
            }

            @Override
            public void end() throws IOException {
              Files.delete(filler);
            }
          });
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void aDiskThatBecomesReadOnly() throws Exception {
    Path disk = mountSmallDisk();
    try {
      survives(
          disk.resolve("state"),
          new Trouble() {
            @Override
            public void begin() throws Exception {
              assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
            }

            @Override
            public void end() throws Exception {
              assertThat(run("mount", "-o", "remount,rw", disk.toString())).isTrue();
            }
          });
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private void survives(Path state, Trouble trouble) throws Exception {
    String yaml =
        FruitServer.yaml(folder, sites.getFirst().port())
            .replace(folder.resolve("state").toString(), state.toString())
            .replace("interval: 1s, timeout: 500ms", "interval: 300ms, timeout: 300ms");
    try (var fruit = FruitServer.start(folder, yaml)) {
      Until.isTrue(
          "both up, on disk", SOON, () -> verdictsOnDisk(state).equals(List.of(true, true)));
      trouble.begin();

      sites.getFirst().kill(); // a verdict to keep
      Until.isTrue("said in /readyz", SOON, () -> details(fruit).contains("cannot be kept"));
      assertThat(fruit.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(fruit.ask().share(FruitServer.NAME, 20).keySet()).containsExactly("127.0.20.1");

      sites.getFirst().start(); // another one, while nothing can be kept
      Until.isTrue(
          "back in the answers", SOON, () -> fruit.ask().share(FruitServer.NAME, 4).size() == 2);
      sites.getLast().kill();
      Until.isTrue(
          "gone", SOON, () -> !fruit.ask().share(FruitServer.NAME, 4).containsKey("127.0.20.1"));
      assertThat(said.with("cannot be kept")).as("said once").hasSize(1);

      trouble.end();
      Until.isTrue("healed by itself", SOON, () -> !details(fruit).contains("cannot be kept"));
      assertThat(said.with("is kept in")).hasSize(1);
      Until.isTrue(
          "the newest is on disk", SOON, () -> verdictsOnDisk(state).equals(List.of(false, true)));
      assertThat(said.traces()).isEmpty();
    }
  }

  /** In order: down before up. */
  private static List<Boolean> verdictsOnDisk(Path state) {
    return StateKeeper.restore(new StateFile(state)).stream()
        .flatMap(kept -> kept.verdicts().values().stream())
        .sorted()
        .toList();
  }

  private static String details(FruitServer fruit) {
    try {
      return new ObjectMapper().readTree(fruit.get("/readyz").body()).path("details").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path mountSmallDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk.toString()),
        "this user may not mount a small disk");
    return disk;
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
