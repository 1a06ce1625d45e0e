package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.admin.Views;
import io.fairlead.server.explain.Ink;
import io.fairlead.server.version.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What lies between two configurations. */
@Command(
    name = "diff",
    description = {
      "Says what lies between two configurations, in terms of services, pools and members.",
      "Each is a version of a running server (a number, or \"current\"), or a file."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class DiffCommand implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A version or a file.")
  private String before;

  @Parameters(
      index = "1",
      paramLabel = "AFTER",
      defaultValue = "current",
      description = "A version or a file (default: ${DEFAULT-VALUE}).")
  private String after;

  @Override
  public Integer call() {
    var json = Views.object().put("from", before).put("to", after);
    try {
      Views.changes(Difference.of(text(before), text(after)), json.putArray("changes"));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
    options.print(json, DiffCommand::text);
    return ExitCode.OK;
  }

  private String text(String side) {
    if (side.equals("current") || side.matches("[0-9]+")) {
      return options.client().get("/api/v1/versions/" + side).path("config").asText();
    }
    try {
      return Files.readString(Path.of(side));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"" + side + "\" is neither a version nor a file that can be read: " + e);
    }
  }

  static String text(JsonNode json) {
    Ink ink = Ink.forStandardOutput();
    var text = new StringBuilder();
    String place = "\n";
    for (JsonNode change : json.path("changes")) {
      String here = change.path("place").asText();
      if (!here.equals(place)) {
        text.append(ink.bold(here.isEmpty() ? "at the top" : here)).append('\n');
        place = here;
      }
      String key = change.path("key").asText();
      String before = change.path("before").asText();
      String after = change.path("after").asText();
      text.append(
              switch (change.path("kind").asText()) {
                case "added" -> ink.good("  + " + key + ": " + after);
                case "removed" -> ink.bad("  - " + key + ": " + before);
                default -> ink.warn("  ~ " + key + ": " + before + " -> " + after);
              })
          .append('\n');
    }
    return text.isEmpty() ? "no difference" : text.toString();
  }
}
