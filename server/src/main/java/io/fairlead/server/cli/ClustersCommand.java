package io.fairlead.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.explain.Ink;
import java.net.URI;
import java.net.URLEncoder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the clusters of a running server, and lets go of what one of them holds back. */
@Command(
    name = "clusters",
    description =
        "Shows the clusters that members come from: connected or not, how old their members are,"
            + " what is held back and what was left out.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ClustersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--accept-shrink",
      paramLabel = "CLUSTER",
      description = "Believe the last list of this cluster: let go of the members that it lost.")
  private String acceptShrink = "";

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

  @Override
  public Integer call() {
    var client = new AdminClient(server);
    String context = URLEncoder.encode(acceptShrink, UTF_8).replace("+", "%20");
    JsonNode answer =
        acceptShrink.isEmpty()
            ? client.get("/api/v1/clusters")
            : client.tell("POST", "/api/v1/clusters/" + context + "/accept-shrink", "");
    String text = acceptShrink.isEmpty() ? text(answer) : released(answer);
    spec.commandLine()
        .getOut()
        .print(output == Output.JSON ? answer.toPrettyString() + "\n" : text);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private static String released(JsonNode answer) {
    return "cluster %s: %d members let go%n"
        .formatted(answer.path("context").asText(), answer.path("released").asInt());
  }

  private static String text(JsonNode answer) {
    Ink ink = Ink.forStandardOutput();
    var text = new StringBuilder();
    for (JsonNode cluster : answer.path("clusters")) {
      boolean connected = cluster.path("connected").asBoolean();
      text.append(
          "%s  %s  %s%n"
              .formatted(
                  ink.bold(cluster.path("context").asText()),
                  connected ? ink.good("connected") : ink.bad("not connected"),
                  ink.faint(cluster.path("reason").asText())));
      text.append(
          "  site %s, %d members as of %s, %d held back, %d objects left out%n"
              .formatted(
                  cluster.path("site").asText(),
                  cluster.path("members").asInt(),
                  cluster.path("membersAt").asText("never"),
                  cluster.path("held").asInt(),
                  cluster.path("skipped").asInt()));
    }
    return text.isEmpty() ? "no clusters are configured\n" : text.toString();
  }
}
