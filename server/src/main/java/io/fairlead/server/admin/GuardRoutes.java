package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.GuardStanding;
import io.fairlead.server.control.Operator;
import io.fairlead.server.control.Operator.Outcome;
import java.util.Set;

/** The guard against mass failures: how it stands, and that an operator takes it off. */
public final class GuardRoutes implements Routes {
  private final Operator operator;

  public GuardRoutes(Operator operator) {
    this.operator = operator;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/guard", Set.of(), this::show);
    paths.change("POST", "/api/v1/guard/release", Set.of(), this::release);
  }

  private Reply show(Call call) {
    return Reply.ok(view(GuardStanding.of(operator.published())));
  }

  private Reply release(Call call) {
    if (operator.releaseGuard() instanceof Outcome.Refused(var reason)) {
      throw new Refusal(Status.CONFLICT, reason);
    }
    return show(call).changed("mass-down guard", "on", "released");
  }

  static ObjectNode view(GuardStanding guard) {
    ObjectNode node = Views.object();
    node.put("on", guard.isOn());
    if (guard.since() != null) {
      node.put("since", guard.since().toString());
    }
    return node.put("monitored", guard.monitored())
        .put("down", guard.down())
        .put("guarded", guard.guarded())
        .put("text", guard.text());
  }
}
