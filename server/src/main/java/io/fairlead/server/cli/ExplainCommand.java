package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.server.admin.ExplanationViews;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Rehearsal;
import io.fairlead.server.explain.Explainer;
import io.fairlead.server.explain.Explanation;
import io.fairlead.server.explain.ExplanationText;
import io.fairlead.server.explain.Ink;
import io.fairlead.server.explain.Question;
import io.fairlead.server.reload.Places;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a client would get, and why, step by step. */
@Command(
    name = "explain",
    description = {
      "Explains the answer that a client would get: zone, service, pools, every candidate and why"
          + " it was taken or left.",
      "With FILE every member is taken as up, but those of --down. Exits 1 where the name is not"
          + " served."
    },
    customSynopsis = {
      "fairlead explain FILE NAME [--type A] [--client ADDRESS[/LEN]] [--down SITE-or-ADDRESS]...",
      "fairlead explain --server URL NAME [--type A] [--client ADDRESS[/LEN]]"
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..2",
      paramLabel = "FILE NAME",
      description = "The configuration file (not with --server), and the name to explain.")
  private List<String> operands;

  @Option(
      names = "--type",
      defaultValue = "A",
      description = "The record type (default: ${DEFAULT-VALUE}).")
  private String type;

  @Option(
      names = "--client",
      paramLabel = "ADDRESS[/LEN]",
      defaultValue = "127.0.0.1",
      description =
          "Who asks: an address, or with a prefix length the subnet that a resolver names (default:"
              + " ${DEFAULT-VALUE}).")
  private String client;

  @Option(
      names = "--down",
      paramLabel = "SITE-or-ADDRESS",
      description = "Take this site or member as down.")
  private List<String> down = new ArrayList<>();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Ask a running server, such as http://127.0.0.1:8053.")
  private @Nullable URI server;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print.")
  private Output output;

  @Override
  public Integer call() {
    if (server != null) {
      return ask(server);
    }
    if (operands.size() != 2) {
      throw new ParameterException(
          spec.commandLine(), "explain takes FILE and NAME, or --server URL and NAME");
    }
    return explain(load(Path.of(operands.get(0))), operands.get(1));
  }

  private FairleadConfig load(Path file) {
    return switch (ConfigLoader.load(file)) {
      case Result.Loaded(var config, _) -> config;
      case Result.Refused(List<Problem> problems) -> {
        problems.forEach(problem -> spec.commandLine().getErr().println(problem));
        throw new CommandFailure(
            ExitCode.INVALID, file + " is not valid, " + problems.size() + " problems");
      }
    };
  }

  private int explain(FairleadConfig config, String name) {
    Explanation explanation =
        Explainer.explain(rehearse(config).snapshot(), question(name), config.wire().edns());
    return print(ExplanationViews.of(explanation));
  }

  private int print(JsonNode explanation) {
    spec.commandLine()
        .getOut()
        .println(
            output == Output.JSON
                ? explanation.toPrettyString()
                : ExplanationText.of(explanation, Ink.forStandardOutput()));
    return explanation.path("served").asBoolean() ? ExitCode.OK : ExitCode.NOT_SERVED;
  }

  private Published rehearse(FairleadConfig config) {
    try {
      return Rehearsal.of(config, new Places().load(config), down);
    } catch (GeoFileException e) {
      throw new CommandFailure(ExitCode.INVALID, Places.problem(e).toString());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Question question(String name) {
    int number =
        RrType.parse(type)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "\"" + type + "\" is no record type, such as A or AAAA"));
    try {
      return Question.of(Name.parse(name), number, client);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int ask(URI base) {
    if (operands.size() != 1 || !down.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "with --server, explain takes NAME alone; --down needs FILE");
    }
    String query =
        "/api/v1/explain?name="
            + encoded(operands.getFirst())
            + "&type="
            + encoded(type)
            + "&client="
            + encoded(client);
    return print(new AdminClient(base).get(query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
