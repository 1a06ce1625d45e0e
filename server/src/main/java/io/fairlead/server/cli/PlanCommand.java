package io.fairlead.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.server.admin.Views;
import io.fairlead.server.control.Plan;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Rehearsal;
import io.fairlead.server.explain.Ink;
import io.fairlead.server.explain.Question;
import io.fairlead.server.reload.Places;
import io.fairlead.server.replay.Moves;
import io.fairlead.server.replay.Population;
import io.fairlead.server.replay.Questions;
import io.fairlead.server.replay.Replay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says before a change who would be sent elsewhere by it. */
@Command(
    name = "plan",
    description = {
      "Says what share of clients a change would send elsewhere, from where to where, and which"
          + " names would break. Nothing is changed.",
      "Compares FILE with what a running server serves, or with another file."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.USAGE)
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(paramLabel = "FILE", description = "The configuration that is meant to be served.")
  private Path file;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Compare with this file instead of the running server.")
  private @Nullable Path from;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description =
          "Recorded queries, \"CLIENT NAME TYPE\" in each line; without it, a thousand clients"
              + " drawn from the geo data ask for every service.")
  private @Nullable Path queries;

  @Option(
      names = "--max-moved",
      paramLabel = "SHARE",
      description = "Exit 3 where a larger share of clients would move: 0.05, or 5%%.")
  private @Nullable String maxMoved;

  @Option(
      names = "--down",
      paramLabel = "SITE-or-ADDRESS",
      description = "Take this site or member as down, before and after.")
  private List<String> down = new ArrayList<>();

  @Override
  public Integer call() {
    double most = maxMoved == null ? 1 : share(maxMoved);
    FairleadConfig next = loaded(ConfigLoader.load(file), file);
    Predicate<PlannedMember> isDown =
        member -> down.contains(member.member().site()) || down.contains(member.member().target());
    Published before;
    if (from == null) {
      String served = options.client().get("/api/v1/versions/current").path("config").asText();
      Set<String> downNow = downNow(options.client());
      isDown =
          isDown.or(member -> downNow.contains(key(Plan.key(member.service().name()), member)));
      before = rehearse(loaded(ConfigLoader.load(file, served), file), isDown);
    } else {
      before = rehearse(loaded(ConfigLoader.load(from), from), isDown);
    }
    Published after = rehearse(next, isDown);
    Moves moves = Replay.compare(before, after, questions(before, after), EdnsSettings.DEFAULT);
    options.print(Views.moves(moves).put("maxMoved", most), PlanCommand::text);
    if (moves.share() > most) {
      spec.commandLine()
          .getErr()
          .printf("fairlead: more than %s of clients would move%n", percent(most));
      return ExitCode.MOVES_TOO_MANY;
    }
    return ExitCode.OK;
  }

  private static String key(String service, PlannedMember member) {
    return service + " " + member.member().target();
  }

  /** Page by page, as the server hands them out. */
  private static Set<String> downNow(AdminClient client) {
    var keys = new HashSet<String>();
    int seen = 0;
    JsonNode page;
    do {
      page = client.get("/api/v1/services?limit=1000&offset=" + seen);
      page.path("services").forEach(service -> addDown(service, keys));
      seen += page.path("services").size();
    } while (!page.path("services").isEmpty() && seen < page.path("total").asInt());
    return keys;
  }

  private static void addDown(JsonNode service, Set<String> keys) {
    for (JsonNode pool : service.path("pools")) {
      for (JsonNode member : pool.path("members")) {
        if (member.path("state").asText().endsWith("down")) {
          keys.add(service.path("name").asText() + " " + member.path("address").asText());
        }
      }
    }
  }

  private double share(String text) {
    boolean percent = text.endsWith("%");
    try {
      double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
      double share = percent ? number / 100 : number;
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // refused below, like a share that cannot be
    }
    throw new ParameterException(
        spec.commandLine(),
        "--max-moved \"" + text + "\" is no share; allowed: 0 to 1, or 0% to 100%");
  }

  private FairleadConfig loaded(Result result, Path place) {
    return switch (result) {
      case Result.Loaded(var config, _) -> config;
      case Result.Refused(var problems) -> {
        problems.forEach(problem -> spec.commandLine().getErr().println(problem));
        throw new CommandFailure(
            ExitCode.INVALID, place + " is not valid, " + problems.size() + " problems");
      }
    };
  }

  private static Published rehearse(FairleadConfig config, Predicate<PlannedMember> down) {
    try {
      return Rehearsal.of(config, new Places().load(config), List.of(), down);
    } catch (GeoFileException e) {
      throw new CommandFailure(ExitCode.INVALID, Places.problem(e).toString());
    }
  }

  private Map<Question, Integer> questions(Published before, Published after) {
    if (queries == null) {
      return Population.of(before, after);
    }
    try {
      return Questions.read(queries);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** Enough to see the shape of it; JSON has more. */
  private static final int SHOWN = 20;

  static String text(JsonNode moves) {
    Ink ink = Ink.forStandardOutput();
    var text = new StringBuilder();
    double moved = moves.path("moved").asDouble();
    String words = percent(moved) + " of clients would move";
    text.append(moved == 0 ? ink.good(words) : ink.warn(words))
        .append(ink.faint("  (%d questions)%n".formatted(moves.path("questions").asLong())));
    int shown = 0;
    for (JsonNode flow : moves.path("flows")) {
      if (shown++ == SHOWN) {
        text.append(
            ink.faint("  and %d more%n".formatted(moves.path("flowCount").asInt() - SHOWN)));
        break;
      }
      text.append(
          "  %-32s %7s  %s -> %s%n"
              .formatted(
                  flow.path("name").asText(),
                  percent(flow.path("share").asDouble()),
                  flow.path("from").asText(),
                  flow.path("to").asText()));
    }
    for (JsonNode broken : moves.path("broken")) {
      text.append(
          ink.bad(
              "  breaks: %s %s becomes %s for %s of its clients%n"
                  .formatted(
                      broken.path("name").asText(),
                      broken.path("type").asText(),
                      broken.path("becomes").asText(),
                      percent(broken.path("share").asDouble()))));
    }
    return text.toString();
  }

  private static String percent(double share) {
    return "%.1f %%".formatted(100 * share);
  }
}
