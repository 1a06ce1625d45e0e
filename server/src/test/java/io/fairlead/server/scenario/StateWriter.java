package io.fairlead.server.scenario;

import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A process that keeps one state after the other in a folder, and says the number of each when it
 * is on disk; until it is killed.
 */
final class StateWriter {
  /** Long enough that a write can be cut in the middle. */
  private static final int LINES = 2000;

  private StateWriter() {}

  public static void main(String[] arguments) throws Exception {
    var file = new StateFile(Path.of(arguments[0]));
    try (var keeper = new StateKeeper(file)) {
      for (long n = StateKeeper.restore(file).map(StateWriter::number).orElse(0L) + 1; ; n++) {
        keeper.keep(state(n)).get();
        System.out.println(n);
      }
    }
  }

  private static KeptState state(long n) {
    return new KeptState(
        Instant.EPOCH.plusSeconds(n),
        ("# " + n + "\n").repeat(LINES),
        Map.of("target " + n, true),
        List.of(),
        List.of(),
        Map.of("example.com", n),
        Map.of(),
        null);
  }

  /**
   * The number of a state that was written here.
   *
   * @throws AssertionError where its parts are of different ones
   */
  static long number(KeptState state) {
    long n = state.savedAt().getEpochSecond();
    if (!state.equals(state(n))) {
      throw new AssertionError("a torn state: " + state.verdicts() + state.serials());
    }
    return n;
  }
}
