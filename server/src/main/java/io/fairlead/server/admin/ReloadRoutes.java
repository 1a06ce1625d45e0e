package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Rehearsal;
import io.fairlead.server.explain.Question;
import io.fairlead.server.reload.Places;
import io.fairlead.server.replay.Population;
import io.fairlead.server.replay.Questions;
import io.fairlead.server.replay.Replay;
import io.fairlead.server.version.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the file again, or says what that would do. */
public final class ReloadRoutes implements Routes {
  /** Of a plan: what is asked of both. */
  private static final String QUERIES = "queries";

  private final AdminBackend backend;

  public ReloadRoutes(AdminBackend backend) {
    this.backend = backend;
  }

  @Override
  public void addTo(Paths paths) {
    paths.change("POST", "/api/v1/reload", Set.of("plan"), this::reload);
  }

  private Reply reload(Call call) {
    Bodies.refuseStrangers(call.json(), List.of(QUERIES));
    return switch (call.query("plan", "false")) {
      case "true" -> plan(call);
      case "false" -> reloadNow(call);
      case String other ->
          throw Refusal.badRequest("plan is \"" + other + "\"; allowed: true, false");
    };
  }

  private Reply reloadNow(Call call) {
    if (call.json().has(QUERIES)) {
      throw Refusal.badRequest("queries are asked by a plan alone: add ?plan=true");
    }
    long before = backend.published().snapshot().generation();
    refuse(
        backend.reloads().reload(new Occasion(call.who(), "asked by the admin API")),
        "the configuration before goes on: ");
    return Reply.ok(Views.problems(List.of()))
        .changed(
            "reload",
            "generation " + before,
            "generation " + backend.published().snapshot().generation());
  }

  private static void refuse(List<Problem> problems, String words) {
    if (!problems.isEmpty()) {
      var body = Views.problems(problems);
      throw new Refusal(Status.UNPROCESSABLE, words + problems.getFirst())
          .with("valid", body.path("valid"))
          .with("problems", body.path("problems"));
    }
  }

  /** What is down now counts as down on both sides; a new member counts as up. */
  private Reply plan(Call call) {
    Published now = backend.published();
    FairleadConfig served = now.model().config();
    if (served == null) {
      throw new Refusal(Status.UNAVAILABLE, "nothing is served yet");
    }
    Result result = backend.reloads().look();
    if (result instanceof Result.Refused(var problems)) {
      refuse(problems, "the file would be refused: ");
    }
    FairleadConfig config = result instanceof Result.Loaded(var loaded, _) ? loaded : served;
    try {
      var imports = now.model().imports().values();
      var down = now.down();
      Published before = Rehearsal.of(served, now.model().geo(), imports, down);
      Published after = Rehearsal.of(config, new Places().load(config), imports, down);
      Map<Question, Integer> questions = questions(call);
      return Reply.ok(
          Views.moves(
              Replay.compare(
                  before,
                  after,
                  questions.isEmpty() ? Population.of(before, after) : questions,
                  backend.edns())));
    } catch (GeoFileException e) {
      throw new Refusal(Status.UNPROCESSABLE, "the file would be refused: " + Places.problem(e));
    }
  }

  private static Map<Question, Integer> questions(Call call) {
    var lines = new ArrayList<String>();
    JsonNode listed = call.json().path(QUERIES);
    for (JsonNode line : listed) {
      lines.add(line.isTextual() ? line.asText() : "");
    }
    if (lines.contains("") || (!listed.isMissingNode() && !listed.isArray())) {
      throw Refusal.badRequest("allowed is {\"queries\": [\"CLIENT NAME TYPE\", ...]}");
    }
    return Call.parse(source -> Questions.parse(source, lines), "queries");
  }
}
