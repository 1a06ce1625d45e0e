package io.fairlead.server.cli;

import io.fairlead.server.migrate.gdnsd.GdnsdImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the configuration that answers as gdnsd's does. */
@Command(
    name = "import-gdnsd",
    description =
        "Prints the configuration that answers as gdnsd's does, zones and resources of its plugins,"
            + " and says in words what could not be carried over. Exits 78 where the files are not"
            + " gdnsd's.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ImportGdnsdCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FOLDER",
      description = "gdnsd's folder, such as /etc/gdnsd, or the file config in it.")
  private Path path;

  @Override
  public Integer call() {
    try {
      spec.commandLine().getOut().print(GdnsdImport.of(path));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, path + " cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
