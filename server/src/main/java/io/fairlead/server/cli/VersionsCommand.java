package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.explain.Ink;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The configurations that a running server has accepted. */
@Command(
    name = "versions",
    description = {
      "Lists the configurations that a running server has accepted: number, when, who and why.",
      "With VERSION, prints that one as the file it was."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class VersionsCommand implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "VERSION",
      description = "A number, or \"current\", to print.")
  private @Nullable String version;

  @Override
  public Integer call() {
    if (version == null) {
      options.print(options.client().get("/api/v1/versions"), VersionsCommand::list);
    } else {
      options.print(
          options.client().get("/api/v1/versions/" + AdminClient.encoded(version)),
          json -> json.path("config").asText());
    }
    return ExitCode.OK;
  }

  static String list(JsonNode all) {
    Ink ink = Ink.forStandardOutput();
    var text = new StringBuilder();
    int current = all.path("current").asInt();
    int pinned = all.path("pinned").asInt();
    for (JsonNode version : all.path("versions")) {
      int number = version.path("version").asInt();
      String standing = (number == current ? " served" : "") + (number == pinned ? " pinned" : "");
      text.append(
          "%5d  %-24s  %-16s %s%s%n"
              .formatted(
                  number,
                  version.path("at").asText().replaceFirst("\\.[0-9]+Z$", "Z"),
                  version.path("who").asText(),
                  version.path("why").asText(),
                  standing.isEmpty() ? "" : ink.good(" <-" + standing)));
    }
    return text.isEmpty() ? "no version yet" : text.toString();
  }
}
