package io.fairlead.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why an object of a cluster is a member, or none. */
@Command(
    name = "why",
    description =
        "Says which members an object of a cluster offers, and what keeps it from more. Exits 1"
            + " where none of them is served.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class WhyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CLUSTER", description = "The kubeconfig's context.")
  private String cluster;

  @Parameters(
      index = "1",
      paramLabel = "NAMESPACE/KIND/NAME",
      description = "The object, as shop/Ingress/web.")
  private String object;

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
    String[] parts = object.split("/", -1);
    if (parts.length != 3) {
      throw new ParameterException(
          spec.commandLine(), "\"" + object + "\" is no NAMESPACE/KIND/NAME, as shop/Ingress/web");
    }
    JsonNode why =
        new AdminClient(server)
            .get(
                "/api/v1/clusters/%s/why/%s/%s/%s"
                    .formatted(
                        escaped(cluster), escaped(parts[0]), escaped(parts[1]), escaped(parts[2])));
    spec.commandLine()
        .getOut()
        .print(output == Output.JSON ? why.toPrettyString() + "\n" : text(why));
    spec.commandLine().getOut().flush();
    boolean served =
        StreamSupport.stream(why.path("members").spliterator(), false)
            .anyMatch(member -> member.path("served").asBoolean());
    return served ? ExitCode.OK : ExitCode.NOT_SERVED;
  }

  private static String escaped(String part) {
    return URLEncoder.encode(part, UTF_8).replace("+", "%20");
  }

  private static String text(JsonNode why) {
    var text = new StringBuilder();
    text.append(
        "%s %s/%s/%s: %s%n"
            .formatted(
                why.path("cluster").asText(),
                why.path("namespace").asText(),
                why.path("kind").asText(),
                why.path("name").asText(),
                verdict(why)));
    for (JsonNode member : why.path("members")) {
      text.append(
          "  %s at %s%s%n"
              .formatted(
                  member.path("host").asText(),
                  member.path("destination").asText(),
                  member.path("served").asBoolean() ? "" : ", not served"));
    }
    why.path("reasons")
        .forEach(reason -> text.append("  because ").append(reason.asText()).append('\n'));
    return text.toString();
  }

  private static String verdict(JsonNode why) {
    if (!why.path("known").asBoolean()) {
      return "not known";
    }
    if (!why.path("selected").asBoolean()) {
      return "not selected";
    }
    return why.path("members").isEmpty() ? "selected, offers no member" : "selected";
  }
}
