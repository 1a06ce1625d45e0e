package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at any moment: the state is never torn, and never older than what was acknowledged. */
final class KilledWriterTest {
  private static final long SEED = 20261123;

  /** {@code -Dfairlead.kills=500} for the whole. */
  private static final int KILLS = Integer.getInteger("fairlead.kills", 40);

  private static final int MAX_DELAY_NANOS = 20_000_000;

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedIsThereAfterAKillAtAnyMoment() throws Exception {
    var random = new Random(SEED);
    long restored = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long acknowledged;
      try (var writer = Launched.java(folder, StateWriter.class, folder.toString())) {
        long first = restored + 1;
        writer.awaitSaid(Long.toString(first));
        LockSupport.parkNanos(random.nextInt(MAX_DELAY_NANOS));
        writer.kill();
        assertThat(writer.exit()).as(writer.err()).isEqualTo(128 + 9);
        acknowledged = writer.out().lines().mapToLong(Long::parseLong).max().orElseThrow();
        assertThat(acknowledged).isGreaterThanOrEqualTo(first);
      }

      Optional<KeptState> state = StateKeeper.restore(new StateFile(folder));

      restored = StateWriter.number(state.orElseThrow());
      assertThat(restored)
          .as("seed %d kill %d: never older than what was heard acknowledged", SEED, kill)
          .isGreaterThanOrEqualTo(acknowledged);
    }
  }
}
