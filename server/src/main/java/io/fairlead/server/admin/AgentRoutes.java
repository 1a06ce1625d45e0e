package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.Published;
import io.fairlead.server.push.Inbox;
import io.fairlead.server.state.ImportsCodec;
import io.fairlead.sync.spec.ClusterSpec;
import java.util.Set;
import java.util.function.Supplier;

/** What agents push, and what they ask before they do. */
public final class AgentRoutes implements Routes {
  private final Supplier<Published> published;
  private final Inbox inbox;

  public AgentRoutes(Supplier<Published> published, Inbox inbox) {
    this.published = published;
    this.inbox = inbox;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/clusters/:context/members", Set.of(), this::members);
    paths.push("/api/v1/clusters/:context/push", this::push);
  }

  private Reply members(Call call) {
    ClusterSpec cluster = cluster(call);
    ObjectNode node = Views.object();
    var set = published.get().model().imports().get(cluster.context());
    if (set == null) {
      node.put("cluster", cluster.context()).putArray("members");
    } else {
      ImportsCodec.encode(set, node);
    }
    return Reply.ok(node);
  }

  private Reply push(Call call) {
    ClusterSpec cluster = cluster(call);
    if (!cluster.pushed()) {
      throw new Refusal(
          Status.UNPROCESSABLE,
          "cluster %s is connected to; with pushed: true in sync.clusters its agent is heard"
              .formatted(cluster.context()));
    }
    try {
      return switch (inbox.take(cluster, call.json())) {
        case Inbox.Answer.Taken(var acceptShrink) ->
            Reply.ok(Views.object().put("acceptShrink", acceptShrink));
        case Inbox.Answer.OutOfTurn() ->
            throw new Refusal(
                Status.CONFLICT, "pieces before this one are missing here: begin another session");
        case Inbox.Answer.TooMuch() ->
            throw new Refusal(Status.TOO_LARGE, "these are more members than one cluster may have");
      };
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private ClusterSpec cluster(Call call) {
    String context = call.path("context");
    return ClusterViews.specs(published.get().model()).stream()
        .filter(spec -> spec.context().equals(context))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "no cluster %s; there are: %s"
                        .formatted(
                            context,
                            String.join(", ", ClusterViews.contexts(published.get().model())))));
  }
}
