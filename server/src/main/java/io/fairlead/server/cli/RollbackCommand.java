package io.fairlead.server.cli;

import io.fairlead.server.admin.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to a configuration that was accepted before. */
@Command(
    name = "rollback",
    description = {
      "Makes a running server go back to a version and stay with it, over restarts too.",
      "The file may change meanwhile: that is said and not applied, until \"fairlead unpin\"."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class RollbackCommand implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(paramLabel = "VERSION", description = "A number that \"fairlead versions\" lists.")
  private int version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; it is kept and logged.")
  private String reason;

  @Override
  public Integer call() {
    var body = Views.object().put("version", version).put("reason", reason);
    options.print(
        options.change("PUT", "/api/v1/pin", body.toString()),
        _ -> "version " + version + " is served and pinned");
    return ExitCode.OK;
  }
}
