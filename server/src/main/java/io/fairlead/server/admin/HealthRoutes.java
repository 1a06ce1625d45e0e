package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.Published;
import java.util.Set;

/** Whether we live, whether we answer, and our metrics. */
public final class HealthRoutes implements Routes {
  private final AdminBackend backend;

  public HealthRoutes(AdminBackend backend) {
    this.backend = backend;
  }

  @Override
  public void addTo(Paths paths) {
    paths.open("/livez", _ -> Reply.ok(Views.object().put("live", true)));
    paths.open("/readyz", this::ready);
    paths.get(
        "/metrics",
        Set.of(),
        _ -> new Reply(Status.OK, "text/plain; version=0.0.4; charset=utf-8", backend.metrics()));
  }

  private Reply ready(Call call) {
    Published now = backend.published();
    boolean ready = now.snapshot().ready();
    ObjectNode body =
        Views.object().put("ready", ready).put("generation", now.snapshot().generation());
    if (!ready) {
      body.put("reason", "no verdicts yet: waiting for the first round of probes and clusters");
    }
    var details = body.putArray("details");
    backend.troubles().forEach(details::add);
    return Reply.of(ready ? Status.OK : Status.UNAVAILABLE, body);
  }
}
