package io.fairlead.server.cli;

import io.fairlead.config.NodeSpec;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.server.Environment;
import io.fairlead.server.Fairlead;
import io.fairlead.server.StartFailure;
import io.fairlead.server.reload.ConfigFile;
import io.fairlead.server.reload.FileWatch;
import io.fairlead.server.reload.Signals;
import io.fairlead.server.version.Occasion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a file until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Serves a configuration file.",
      "A changed file, or SIGHUP, reloads it; an invalid one is refused and the one before goes"
          + " on.",
      "SIGTERM stops within 5 s."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private static final Duration STOP_AT_MOST = Duration.ofSeconds(5);

  @Parameters(paramLabel = "FILE", description = "The configuration file.")
  private Path file;

  @Option(
      names = "--last-good",
      description =
          "Where FILE is invalid or missing at start, say so loudly and serve the kept state.")
  private boolean lastGood;

  @Option(
      names = "--state-directory",
      paramLabel = "DIRECTORY",
      defaultValue = NodeSpec.DEFAULT_STATE_DIRECTORY,
      description = "Where --last-good looks when FILE cannot say it (default: ${DEFAULT-VALUE}).")
  private Path stateDirectory;

  @Override
  public Integer call() throws InterruptedException {
    var configFile = new ConfigFile(file);
    Opening opening = Opening.of(configFile, lastGood, stateDirectory);
    serve(configFile, opening.text(), opening.loaded());
    return ExitCode.OK;
  }

  private static void serve(ConfigFile file, String text, Result.Loaded loaded)
      throws InterruptedException {
    var stop = new CountDownLatch(1);
    Signals.on("TERM", stop::countDown);
    Signals.on("INT", stop::countDown);
    try (Fairlead server = start(file, text, loaded);
        FileWatch _ = new FileWatch(file, () -> server.reload(Occasion.FILE_CHANGED))) {
      Signals.on("HUP", () -> server.reload(Occasion.SIGHUP));
      // On a thread of its own: who is told to stop does not wait for first verdicts.
      var announcer =
          Thread.ofVirtual().start(() -> announce(server, loaded.config().node().readyTimeout()));
      stop.await();
      announcer.interrupt();
      LOG.info("stopping");
      haltAfter(STOP_AT_MOST);
    }
  }

  private static void announce(Fairlead server, Duration readyTimeout) {
    try {
      server.awaitAnswering(readyTimeout.multipliedBy(2));
      LOG.info(
          "ready: udp {} tcp {} admin {}",
          server.udpAddresses(),
          server.tcpAddresses(),
          server.adminAddress());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever hangs while it is closed: the end comes when it was promised. */
  private static void haltAfter(Duration bound) {
    CompletableFuture.delayedExecutor(bound.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> Runtime.getRuntime().halt(ExitCode.OK));
  }

  private static Fairlead start(ConfigFile file, String text, Result.Loaded loaded) {
    try {
      return Fairlead.start(file, text, loaded, Environment.system());
    } catch (StartFailure e) {
      throw new CommandFailure(ExitCode.CANNOT_BIND, String.valueOf(e.getMessage()));
    }
  }
}
