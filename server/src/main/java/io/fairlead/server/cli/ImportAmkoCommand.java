package io.fairlead.server.cli;

import io.fairlead.server.migrate.AmkoImport;
import io.fairlead.server.migrate.AmkoValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the configuration that is equal to the values of AMKO's chart. */
@Command(
    name = "import-amko",
    description =
        "Prints the configuration that is equal to the values of AMKO's Helm chart, and says in"
            + " words what of them has no meaning here. Exits 78 where the file is none of that"
            + " chart.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ImportAmkoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VALUES", description = "The values.yaml that AMKO is installed with.")
  private Path file;

  @Override
  public Integer call() {
    try {
      String text = AmkoImport.of(AmkoValues.parse(Files.readString(file)));
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, file + " cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.INVALID, file + ": " + e.getMessage());
    }
  }
}
