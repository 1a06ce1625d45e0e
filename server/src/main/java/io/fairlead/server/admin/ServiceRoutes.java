package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.dns.wire.Name;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.control.GuardStanding;
import io.fairlead.server.control.Published;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Services: configuration, verdicts, and the share that was really handed out. */
public final class ServiceRoutes implements Routes {
  static final int DEFAULT_LIMIT = 100;

  /** About 2 MB of JSON. */
  static final int MAX_LIMIT = 1000;

  private final AdminBackend backend;
  private volatile @Nullable ServiceIndex index;

  public ServiceRoutes(AdminBackend backend) {
    this.backend = backend;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/services", Set.of("search", "state", "offset", "limit"), this::services);
    paths.get("/api/v1/services/:name", Set.of(), this::service);
  }

  /** One page of all services, or of those that a search leaves, in the order of their names. */
  private Reply services(Call call) {
    int offset = call.query("offset", 0, 0, Integer.MAX_VALUE);
    int limit = call.query("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    ServiceState state = state(call.query("state"));
    Published now = backend.published();
    ServiceIndex found = ServiceIndex.of(now.plan(), index);
    index = found;
    ServiceIndex.Page page = found.find(now, call.query("search", ""), state, offset, limit);
    ObjectNode root = Views.object();
    root.put("generation", now.snapshot().generation());
    root.put("ready", now.snapshot().ready());
    root.set("guard", GuardRoutes.view(GuardStanding.of(now)));
    root.put("blind", now.model().blind());
    root.put("total", now.plan().services().size());
    root.put("matching", page.matching());
    root.put("offset", offset);
    root.put("limit", limit);
    ObjectNode states = root.putObject("states");
    for (ServiceState each : ServiceState.values()) {
      states.put(each.word(), page.states().getOrDefault(each, 0));
    }
    ArrayNode services = root.putArray("services");
    var views = new ServiceViews(now, backend.shares(), _ -> List.of());
    page.numbers().forEach(number -> services.add(views.service(number)));
    Views.clusters(now, root.putArray("clusters"));
    Views.problems(now.model().refused(), root.putArray("problems"));
    return Reply.ok(root);
  }

  private static @Nullable ServiceState state(@Nullable String word) {
    if (word == null) {
      return null;
    }
    return Arrays.stream(ServiceState.values())
        .filter(state -> state.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "the parameter \"state\" is \"%s\"; allowed: %s"
                        .formatted(
                            word,
                            Arrays.stream(ServiceState.values())
                                .map(ServiceState::word)
                                .collect(Collectors.joining(", ")))));
  }

  private Reply service(Call call) {
    Published now = backend.published();
    Name name = Call.parse(Name::parse, call.path("name"));
    int number = now.plan().number(name);
    if (number < 0) {
      throw Refusal.notFound("no service of the name " + call.path("name"));
    }
    return Reply.ok(new ServiceViews(now, backend.shares(), backend::history).service(number));
  }
}
