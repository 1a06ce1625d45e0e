package io.fairlead.server.cli;

import io.fairlead.config.AgentSpec;
import io.fairlead.config.file.AgentLoader;
import io.fairlead.config.file.AgentLoader.Result;
import io.fairlead.server.Environment;
import io.fairlead.server.push.PushAgent;
import io.fairlead.server.reload.Signals;
import io.fairlead.sync.spec.ClusterSpec;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands where clusters can be reached, and pushes what they offer to a server that cannot. */
@Command(
    name = "agent",
    description = {
      "Follows clusters and pushes the members that they offer to a server.",
      "For clusters that may not be reached from outside: the agent runs inside, the server's"
          + " sync.clusters has pushed: true.",
      "Exits 78 where FILE is not valid."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class AgentCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  @Parameters(paramLabel = "FILE", description = "The agent's file.")
  private Path file;

  @Override
  public Integer call() throws InterruptedException {
    return switch (AgentLoader.load(file)) {
      case Result.Loaded(var agent, var warnings) -> {
        warnings.forEach(warning -> LOG.warn("{}", warning));
        push(agent);
        yield ExitCode.OK;
      }
      case Result.Refused(var problems) -> {
        problems.forEach(problem -> LOG.error("{}", problem));
        throw new CommandFailure(
            ExitCode.INVALID,
            file + " is not valid, " + problems.size() + " problems; nothing is pushed");
      }
    };
  }

  private static void push(AgentSpec spec) throws InterruptedException {
    var stop = new CountDownLatch(1);
    Signals.on("TERM", stop::countDown);
    Signals.on("INT", stop::countDown);
    Environment machine = Environment.system();
    try (var _ = PushAgent.start(spec, machine.clock(), machine.random())) {
      String contexts =
          spec.sync().clusters().stream()
              .map(ClusterSpec::context)
              .collect(Collectors.joining(", "));
      LOG.info("pushing {} to {}", contexts, spec.server());
      stop.await();
      LOG.info("stopping");
    }
  }
}
