package io.fairlead.server.admin;

import io.fairlead.dns.wire.Name;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.control.Published;
import java.util.Set;

/** Services: configuration, verdicts, and the share that was really handed out. */
public final class ServiceRoutes implements Routes {
  private final AdminBackend backend;

  public ServiceRoutes(AdminBackend backend) {
    this.backend = backend;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/services", Set.of(), this::services);
    paths.get("/api/v1/services/:name", Set.of(), this::service);
  }

  private Reply services(Call call) {
    return Reply.ok(Views.services(backend.published(), backend.counters()));
  }

  private Reply service(Call call) {
    Published now = backend.published();
    Name name = Call.parse(Name::parse, call.path("name"));
    int number = now.plan().number(name);
    if (number < 0) {
      throw Refusal.notFound("no service of the name " + call.path("name"));
    }
    return Reply.ok(Views.service(number, now, backend.counters()));
  }
}
