package io.fairlead.server.admin;

import io.fairlead.config.Problem;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import java.util.List;
import java.util.Set;

/** Reads the file again. */
public final class ReloadRoutes implements Routes {
  private final AdminBackend backend;

  public ReloadRoutes(AdminBackend backend) {
    this.backend = backend;
  }

  @Override
  public void addTo(Paths paths) {
    paths.change("POST", "/api/v1/reload", Set.of(), this::reload);
  }

  private Reply reload(Call call) {
    long before = backend.published().snapshot().generation();
    List<Problem> problems = backend.reload();
    var body = Views.problems(problems);
    if (!problems.isEmpty()) {
      throw new Refusal(
              Status.UNPROCESSABLE,
              "the file was refused, the configuration before goes on: " + problems.getFirst())
          .with("valid", body.path("valid"))
          .with("problems", body.path("problems"));
    }
    return Reply.ok(body)
        .changed(
            "reload",
            "generation " + before,
            "generation " + backend.published().snapshot().generation());
  }
}
