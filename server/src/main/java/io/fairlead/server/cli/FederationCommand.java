package io.fairlead.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.explain.Ink;
import java.net.URLEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The federation of AMKO's objects between clusters. */
@Command(
    name = "federation",
    description = {
      "Shows which cluster's AMKO objects are copied to the others, or makes another the leader.",
      "A cluster that is lost and promoted away from steps back by itself when it returns."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE,
    synopsisSubcommandLabel = "status|promote")
final class FederationCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "federation needs one of: status, promote");
  }

  @Command(
      description = "Says who leads, and how each cluster stands.",
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int status(@Mixin ServerOptions options) {
    Ink ink = Ink.forStandardOutput();
    options.print(options.client().get("/api/v1/federation"), status -> text(status, ink));
    return ExitCode.OK;
  }

  @Command(
      description = {
        "Makes a cluster the leader: isLeader of its AMKOCluster becomes true, that of all others"
            + " that can be reached false.",
        "Exits 75 where it cannot be."
      },
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = ExitCode.USAGE)
  int promote(
      @Parameters(paramLabel = "CLUSTER", description = "The context of the new leader.")
          String cluster,
      @Mixin ServerOptions options) {
    String context = URLEncoder.encode(cluster, UTF_8).replace("+", "%20");
    options.print(
        options.client().tell("POST", "/api/v1/federation/promote/" + context, ""),
        FederationCommand::promoted);
    return ExitCode.OK;
  }

  private static String text(JsonNode status, Ink ink) {
    String state = status.path("state").asText();
    var text = new StringBuilder();
    text.append(
        "%s  %s  %s%n"
            .formatted(
                ink.bold(status.path("home").asText()),
                state.equals("failed") ? ink.bad(state) : ink.good(state),
                status.path("reason").asText()));
    for (JsonNode cluster : status.path("clusters")) {
      String holder = cluster.path("holder").asText();
      String problem = cluster.path("problem").asText();
      text.append(
          "  %s  %s, %s, Lease %s%s%n"
              .formatted(
                  cluster.path("context").asText(),
                  cluster.path("reached").asBoolean() ? "reached" : ink.bad("not reached"),
                  cluster.path("isLeader").asBoolean() ? "says that it leads" : "follows",
                  holder.isEmpty() ? "of nobody" : "of " + holder,
                  cluster.path("copied").asInt() == 0
                      ? ""
                      : ", %d objects as the leader's".formatted(cluster.path("copied").asInt())));
      if (!problem.isEmpty()) {
        text.append("    %s%n".formatted(ink.bad(problem)));
      }
    }
    return text.toString();
  }

  private static String promoted(JsonNode done) {
    var text = new StringBuilder();
    done.path("demoted")
        .forEach(other -> text.append("%s leads no more%n".formatted(other.asText())));
    done.path("unreached")
        .forEach(
            other ->
                text.append(
                    "%s was not asked: %s; it steps back when it returns%n"
                        .formatted(other.path("context").asText(), other.path("reason").asText())));
    return text.append("%s leads%n".formatted(done.path("promoted").asText())).toString();
  }
}
