package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.server.migrate.Comparison;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks another server and ours for every global name, and prints where they differ. */
@Command(
    name = "compare",
    description =
        "Asks another DNS server and ours for every global name that ours has, A and AAAA, and"
            + " prints where they differ. Exits 1 where they do.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--with",
      required = true,
      paramLabel = "SERVER[:PORT]",
      description = "The other DNS server.")
  private String other;

  @Option(
      names = "--ours",
      paramLabel = "SERVER[:PORT]",
      defaultValue = "127.0.0.1:5300",
      description = "Where ours answers (default: ${DEFAULT-VALUE}).")
  private String ours;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How often each name is asked for, so that a rotation is seen whole (default:"
              + " ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = AdminClient.DEFAULT_SERVER,
      description = "Our admin address, which knows the names (default: ${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print.")
  private Output output;

  @Override
  public Integer call() {
    InetSocketAddress ourAddress = address(ours);
    InetSocketAddress theirAddress = address(other);
    var names = new TreeSet<String>();
    for (JsonNode service : new AdminClient(server).services().path("services")) {
      names.add(service.path("name").asText());
      service.path("aliases").forEach(alias -> names.add(alias.asText()));
    }
    try {
      var comparison = Comparison.of(ourAddress, theirAddress, names, times);
      spec.commandLine()
          .getOut()
          .print(output == Output.JSON ? json(comparison) : text(comparison));
      spec.commandLine().getOut().flush();
      return comparison.differences().isEmpty() ? ExitCode.OK : ExitCode.NOT_SERVED;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private InetSocketAddress address(String text) {
    try {
      return Comparison.address(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static String text(Comparison comparison) {
    var text = new StringBuilder();
    for (Comparison.Difference difference : comparison.differences()) {
      text.append(
          "%s %s%n  ours    %s%n  theirs  %s%n"
              .formatted(
                  difference.name(), difference.type(), difference.ours(), difference.theirs()));
    }
    return text.append(
            "%d names compared, %d answers differ%n"
                .formatted(comparison.names(), comparison.differences().size()))
        .toString();
  }

  private static String json(Comparison comparison) {
    return new ObjectMapper().valueToTree(comparison).toPrettyString() + "\n";
  }
}
