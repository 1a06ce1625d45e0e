package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.explain.Ink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The guard against mass failures of a running server. */
@Command(
    name = "guard",
    description = {
      "Shows or releases the mass-down guard of a running server.",
      "While it is on, members whose checks fail stay in the answers, because very many fail at"
          + " once."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE,
    synopsisSubcommandLabel = "status|release")
final class GuardCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "guard needs one of: status, release");
  }

  @Command(
      description = "Says whether the guard is on.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int status(@Mixin ServerOptions options) {
    options.print(options.client().get("/api/v1/guard"), GuardCommand::text);
    return ExitCode.OK;
  }

  @Command(
      description = {
        "Believes the checks: members that fail leave the answers.",
        "Exits 75 where the guard is not on."
      },
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int release(@Mixin ServerOptions options) {
    options.print(options.client().tell("POST", "/api/v1/guard/release", ""), GuardCommand::text);
    return ExitCode.OK;
  }

  private static String text(JsonNode guard) {
    return guard.path("on").asBoolean()
        ? Ink.forStandardOutput().bad(guard.path("text").asText())
        : "the mass-down guard is off; of %d monitored members %d are down"
            .formatted(guard.path("monitored").asInt(), guard.path("down").asInt());
  }
}
