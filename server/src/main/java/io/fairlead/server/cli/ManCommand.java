package io.fairlead.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the manual's pages; packages do. */
@Command(
    name = "generate-man",
    description = "Writes the pages of the manual, for man.",
    hidden = true,
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIRECTORY", description = "Where to; it is created where it is absent.")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(directory);
    for (var page : ManPages.of(spec.root().commandLine()).entrySet()) {
      Files.writeString(directory.resolve(page.getKey()), page.getValue());
    }
    return ExitCode.OK;
  }
}
