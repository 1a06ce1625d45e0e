package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the AOT cache is made of: all of it is really played, and nothing stays behind. */
final class RehearsalTest {
  @TempDir private Path folder;

  @Test
  void startsFromTheFileThenFromTheKeptStateAndPlaysTheCommands() throws Exception {
    try (var rehearsal = Launched.fairlead(folder, "rehearse")) {
      assertThat(rehearsal.exit(Duration.ofMinutes(2))).as(rehearsal.err()).isZero();
      assertThat(rehearsal.timesSaid("answering: services 1001")).isEqualTo(2);
      assertThat(rehearsal.timesSaid("restored the state")).isEqualTo(1);
      assertThat(rehearsal.out())
          .contains("rehearsal.yaml: valid")
          .contains("service0.gslb.example.com A")
          .contains("probed.gslb.example.com")
          .contains("Usage: fairlead");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  /** picocli reads one command where one is asked for; the words are the same as with all. */
  @Test
  void aCommandAskedForAloneSpeaksAsAmongTheOthers() throws Exception {
    for (String command : new String[] {"serve", "member", "schema"}) {
      try (var alone = Launched.fairlead(folder, command, "--help");
          var among = Launched.fairlead(folder, "help", command)) {
        assertThat(alone.exit()).isZero();
        assertThat(among.exit()).isZero();
        assertThat(alone.out()).startsWith("Usage: fairlead " + command).isEqualTo(among.out());
      }
    }
  }
}
