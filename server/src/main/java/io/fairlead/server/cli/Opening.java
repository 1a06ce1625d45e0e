package io.fairlead.server.cli;

import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.server.reload.ConfigFile;
import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import io.fairlead.server.version.VersionFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server begins with: the pinned version, else the file, else, where that is wanted, the
 * last configuration that was good.
 */
record Opening(String text, Result.Loaded loaded) {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  /**
   * Reads what there is, and says loudly where it is not the file.
   *
   * @param stateDirectory where to look when the file cannot say it
   * @throws CommandFailure where there is nothing to serve
   */
  static Opening of(ConfigFile file, boolean lastGood, Path stateDirectory) {
    ConfigFile.Reading reading = file.read();
    return switch (reading.result()) {
      case Result.Loaded loaded ->
          pinned(file, loaded.config().node().stateDirectory())
              .orElseGet(() -> new Opening(reading.text(), loaded));
      case Result.Refused(var problems) -> {
        problems.forEach(problem -> LOG.error("{}", problem));
        yield pinned(file, stateDirectory)
            .orElseGet(() -> kept(file.path(), problems, lastGood, stateDirectory));
      }
    };
  }

  private static Optional<Opening> pinned(ConfigFile file, Path stateDirectory) {
    return new VersionFolder(stateDirectory)
        .readPinned()
        .flatMap(
            pinned ->
                switch (ConfigLoader.load(file.path(), pinned.text())) {
                  case Result.Loaded loaded -> {
                    LOG.warn(
                        "SERVING VERSION {}, which is pinned, not {}: \"fairlead unpin\" ends that",
                        pinned.number(),
                        file.path());
                    yield Optional.of(new Opening(pinned.text(), loaded));
                  }
                  case Result.Refused(var problems) -> {
                    LOG.error(
                        "version {} is pinned, but is not valid any more: {}",
                        pinned.number(),
                        problems.getFirst());
                    yield Optional.empty();
                  }
                });
  }

  private static Opening kept(
      Path file, List<Problem> problems, boolean lastGood, Path stateDirectory) {
    if (!lastGood) {
      throw new CommandFailure(
          ExitCode.INVALID,
          file + " is not valid, " + problems.size() + " problems; nothing is served");
    }
    String text =
        StateKeeper.restore(new StateFile(stateDirectory)).map(KeptState::configText).orElse("");
    if (text.isEmpty()) {
      throw new CommandFailure(
          ExitCode.INVALID, file + " is not valid, and no good one is kept in " + stateDirectory);
    }
    return switch (ConfigLoader.load(file, text)) {
      case Result.Loaded loaded -> {
        LOG.error(
            "SERVING THE LAST GOOD CONFIGURATION, not {}: mend the file, it is read when it"
                + " changes",
            file);
        yield new Opening(text, loaded);
      }
      case Result.Refused(List<Problem> found) ->
          throw new CommandFailure(
              ExitCode.INVALID,
              file + " is not valid, and neither is the kept one any more: " + found.getFirst());
    };
  }
}
