package io.fairlead.server.cli;

import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.server.admin.Views;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads a file by the code that serves it, and says all that is wrong. */
@Command(
    name = "check",
    description = "Checks a configuration file; opens no socket. Exits 78 where it is not valid.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The configuration file.")
  private Path file;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print.")
  private Output output;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return switch (ConfigLoader.load(file)) {
      case Result.Loaded(var config, var warnings) -> {
        print(out, List.of(), warnings);
        if (output == Output.TEXT) {
          out.printf(
              "%s: valid; zones %d, services %d%n",
              file, config.zones().size(), config.services().size());
        }
        yield ExitCode.OK;
      }
      case Result.Refused(var problems) -> {
        print(out, problems, List.of());
        yield ExitCode.INVALID;
      }
    };
  }

  private void print(PrintWriter out, List<Problem> problems, List<Problem> warnings) {
    if (output == Output.JSON) {
      out.println(Views.check(problems, warnings).toPrettyString());
      return;
    }
    problems.forEach(out::println);
    warnings.forEach(warning -> out.println(warning + " (warning)"));
  }
}
