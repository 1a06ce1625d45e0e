package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.Imports;
import io.fairlead.sync.federation.Federation;
import io.fairlead.sync.federation.FederationStatus;
import java.util.Locale;
import java.util.Set;

/** The federation of AMKO's objects: how it stands, and that an operator promotes a cluster. */
public final class FederationRoutes implements Routes {
  private final Imports imports;

  public FederationRoutes(Imports imports) {
    this.imports = imports;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/federation", Set.of(), this::show);
    paths.change("POST", "/api/v1/federation/promote/:context", Set.of(), this::promote);
  }

  private Reply show(Call call) {
    return Reply.ok(view(federation().status()));
  }

  private Reply promote(Call call) {
    Federation federation = federation();
    String before = federation.status().leader();
    try {
      Federation.Promotion done = federation.promote(call.path("context"));
      ObjectNode node = Views.object().put("promoted", done.promoted());
      done.demoted().forEach(node.putArray("demoted")::add);
      var unreached = node.putArray("unreached");
      done.unreached()
          .forEach(
              (context, reason) ->
                  unreached.add(Views.object().put("context", context).put("reason", reason)));
      return Reply.ok(node).changed("leader of the federation", before, done.promoted());
    } catch (Federation.Refused e) {
      throw new Refusal(Status.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  private Federation federation() {
    Federation federation = imports.federation();
    if (federation == null) {
      throw new Refusal(
          Status.UNPROCESSABLE,
          "nothing is federated: that needs sync.policy.source: amko, and sync.writeStatus: true");
    }
    return federation;
  }

  private static ObjectNode view(FederationStatus status) {
    ObjectNode node =
        Views.object()
            .put("home", status.home())
            .put("state", status.state().name().toLowerCase(Locale.ROOT))
            .put("reason", status.reason())
            .put("leader", status.leader())
            .put("term", status.term());
    var clusters = node.putArray("clusters");
    for (FederationStatus.Member member : status.clusters()) {
      clusters.add(
          Views.object()
              .put("context", member.context())
              .put("reached", member.reached())
              .put("isLeader", member.leader())
              .put("version", member.version())
              .put("holder", member.holder())
              .put("copied", member.copied())
              .put("problem", member.problem()));
    }
    return node;
  }
}
