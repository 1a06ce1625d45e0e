package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.explain.Ink;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a running server knows. */
@Command(
    name = "status",
    description =
        "Shows services, pools, members and verdicts of a running server. Exits 69 where none"
            + " answers.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = AdminClient.DEFAULT_SERVER,
      description = "The server's admin address (default: ${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print.")
  private Output output;

  @Override
  public Integer call() {
    JsonNode services = new AdminClient(server).services();
    spec.commandLine()
        .getOut()
        .println(
            output == Output.JSON
                ? services.toPrettyString()
                : StatusText.of(services, Ink.forStandardOutput()));
    return ExitCode.OK;
  }
}
