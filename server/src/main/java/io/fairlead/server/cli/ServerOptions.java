package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server is meant, and how to print what it says. */
final class ServerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = AdminClient.DEFAULT_SERVER,
      description = "The server's admin address (default: ${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print.")
  private Output output;

  AdminClient client() {
    return new AdminClient(server);
  }

  void print(JsonNode json, Function<JsonNode, String> text) {
    var out = spec.commandLine().getOut();
    out.println(output == Output.JSON ? json.toPrettyString() : text.apply(json).stripTrailing());
    out.flush();
  }

  /**
   * What a change came to.
   *
   * @throws CommandFailure where it was refused; each problem is printed
   */
  JsonNode change(String method, String path, String body) {
    AdminClient.Reply reply = client().send(method, path, body);
    if (!reply.isGood()) {
      for (JsonNode problem : reply.body().path("problems")) {
        spec.commandLine()
            .getErr()
            .printf(
                "%s:%d:%d: %s: %s%n",
                problem.path("file").asText(),
                problem.path("line").asInt(),
                problem.path("column").asInt(),
                problem.path("key").asText(),
                problem.path("reason").asText());
      }
      throw new CommandFailure(
          switch (reply.status()) {
            case 400, 404 -> ExitCode.USAGE;
            case 422 -> ExitCode.INVALID;
            default -> ExitCode.UNAVAILABLE;
          },
          server + " says: " + reply.body().path("detail").asText());
    }
    return reply.body();
  }
}
