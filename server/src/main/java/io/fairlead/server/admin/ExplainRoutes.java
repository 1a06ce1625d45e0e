package io.fairlead.server.admin;

import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.WhatIf;
import io.fairlead.server.explain.Explainer;
import io.fairlead.server.explain.Explanation;
import io.fairlead.server.explain.Question;
import java.util.List;
import java.util.Set;

/** The answer that a client would get, and why. */
public final class ExplainRoutes implements Routes {
  private static final int NO_SERVICE = -1;

  private final AdminBackend backend;

  public ExplainRoutes(AdminBackend backend) {
    this.backend = backend;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/explain", Set.of("name", "type", "client", "down"), this::explain);
  }

  private Reply explain(Call call) {
    String name = call.query("name");
    if (name == null) {
      throw Refusal.badRequest(
          "the parameter \"name\" is missing; allowed are name, type, client and down");
    }
    String type = call.query("type", "A");
    String client = call.query("client", "127.0.0.1");
    Question question = Call.parse(text -> question(text, type, client), name);
    Published now = backend.published();
    List<String> down = call.all("down");
    Explanation explanation = Explainer.explain(without(now, down), question, backend.edns());
    // What is not so has no history.
    return Reply.ok(
        down.isEmpty() ? ExplanationViews.of(explanation, now) : ExplanationViews.of(explanation));
  }

  private static Snapshot without(Published now, List<String> down) {
    return down.isEmpty()
        ? now.snapshot()
        : Call.parse(_ -> WhatIf.of(now, NO_SERVICE, down), "down");
  }

  private static Question question(String name, String type, String client) {
    int number =
        RrType.parse(type)
            .orElseThrow(() -> new IllegalArgumentException("\"" + type + "\" is no record type"));
    return Question.of(Name.parse(name), number, client);
  }
}
