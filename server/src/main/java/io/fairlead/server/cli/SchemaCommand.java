package io.fairlead.server.cli;

import io.fairlead.config.file.JsonSchema;
import io.fairlead.config.file.KeyReference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What may stand in a configuration, for editors and for people. */
@Command(
    name = "schema",
    description =
        "Prints the JSON Schema of a configuration, which editors complete and check by; or every"
            + " key as Markdown.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class SchemaCommand implements Callable<Integer> {
  /** In which form. */
  enum Form {
    JSON,
    MARKDOWN
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "json|markdown",
      defaultValue = "json",
      description = "In which form (default: ${DEFAULT-VALUE}).")
  private Form form;

  @Override
  public Integer call() {
    spec.commandLine()
        .getOut()
        .println(form == Form.JSON ? JsonSchema.text() : KeyReference.markdown());
    return ExitCode.OK;
  }
}
