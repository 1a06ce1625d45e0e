package io.fairlead.server.admin;

import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.Imports;
import io.fairlead.server.control.Published;
import io.fairlead.server.push.Inbox;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.merge.Why;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Clusters: how each stands, what it holds back and leaves out, and why of one object. */
public final class ClusterRoutes implements Routes {
  /** The agent's thread never blocks: a longer wait would say that it is gone. */
  private static final long PATIENCE_SECONDS = 5;

  private final Supplier<Published> published;
  private final Imports imports;
  private final Inbox inbox;

  public ClusterRoutes(Supplier<Published> published, Imports imports, Inbox inbox) {
    this.published = published;
    this.imports = imports;
    this.inbox = inbox;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/clusters", Set.of(), this::clusters);
    paths.get("/api/v1/clusters/:context", Set.of(), this::cluster);
    paths.get("/api/v1/clusters/:context/why/:namespace/:kind/:name", Set.of(), this::why);
    paths.change("POST", "/api/v1/clusters/:context/accept-shrink", Set.of(), this::acceptShrink);
  }

  private Reply clusters(Call call) {
    return Reply.ok(ClusterViews.clusters(published.get().model()));
  }

  private Reply cluster(Call call) {
    var model = published.get().model();
    String context = known(call);
    return Reply.ok(ClusterViews.cluster(context, model, true));
  }

  private Reply why(Call call) {
    var object =
        new Origin(known(call), call.path("namespace"), call.path("kind"), call.path("name"));
    Future<Why> asked = imports.why(object);
    if (asked == null) {
      throw new Refusal(
          Status.UNPROCESSABLE,
          "cluster %s is pushed: only its agent knows its objects".formatted(call.path("context")));
    }
    try {
      Why why = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return Reply.ok(ClusterViews.why(why, published.get().plan()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Status.UNAVAILABLE, "we are stopping");
    } catch (ExecutionException | TimeoutException e) {
      throw new Refusal(Status.UNAVAILABLE, "the clusters' agent does not answer");
    }
  }

  private Reply acceptShrink(Call call) {
    String context = known(call);
    var status = published.get().model().clusters().get(context);
    int held = status == null ? 0 : status.held();
    if (!imports.acceptShrink(context) && !inbox.acceptShrink(context)) {
      throw new Refusal(Status.UNPROCESSABLE, "no agent of cluster " + context + " was heard yet");
    }
    return Reply.ok(Views.object().put("context", context).put("released", held))
        .changed("accept the shrunk list of cluster " + context, held + " members held", "0");
  }

  private String known(Call call) {
    String context = call.path("context");
    if (!ClusterViews.contexts(published.get().model()).contains(context)) {
      throw noCluster(call);
    }
    return context;
  }

  private Refusal noCluster(Call call) {
    return Refusal.notFound(
        "no cluster %s; there are: %s"
            .formatted(
                call.path("context"),
                String.join(", ", ClusterViews.contexts(published.get().model()))));
  }
}
