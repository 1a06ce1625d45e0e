package io.fairlead.server.cli;

import io.fairlead.server.migrate.BindZoneImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the configuration that serves a zone of BIND. */
@Command(
    name = "import-bind-zone",
    description =
        "Prints the configuration that serves a master file, with names of several addresses as"
            + " services, and says in words what could not be carried over. Exits 78 where the file"
            + " is no zone.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ImportBindZoneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The zone's master file.")
  private Path file;

  @Option(
      names = "--zone",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "The zone's name, where neither the file nor its name says it: named.conf has it.")
  private String zone;

  @Override
  public Integer call() {
    try {
      spec.commandLine().getOut().print(BindZoneImport.of(file, zone));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, file + " cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
