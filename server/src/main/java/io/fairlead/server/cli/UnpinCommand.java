package io.fairlead.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a rollback. */
@Command(
    name = "unpin",
    description =
        "Makes a running server serve what its file says again. Exits 78 where that is not valid,"
            + " and the pinned version goes on.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class UnpinCommand implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();

  @Override
  public Integer call() {
    options.print(
        options.change("DELETE", "/api/v1/pin", ""),
        json -> "version " + json.path("current").asText() + " is served, as the file says it");
    return ExitCode.OK;
  }
}
