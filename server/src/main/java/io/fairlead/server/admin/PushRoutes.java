package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.file.key.Suggestion;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.Reporters;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What sites say of themselves: reports for monitors of type push, each with its monitor's token.
 */
public final class PushRoutes implements Routes {
  private static final String PATH = "/api/v1/push/:monitor/:subject";
  private static final List<String> KEYS = List.of("state", "reason");
  private static final List<String> STATES = List.of("up", "down");

  /** Who takes reports. */
  public interface Mailbox {
    void report(Target target, ProbeResult said);

    /** Null where it is not watched. */
    @Nullable TargetStatus status(Target target);
  }

  private final AdminBackend backend;
  private final Mailbox mailbox;

  public PushRoutes(AdminBackend backend, Mailbox mailbox) {
    this.backend = backend;
    this.mailbox = mailbox;
  }

  @Override
  public void addTo(Paths paths) {
    paths.report("POST", PATH, this::report);
  }

  private Reply report(Call call) {
    String monitor = call.path("monitor");
    String subject = call.path("subject");
    var reporters = new Reporters(backend.published());
    String secret = call.bearer();
    if (!reporters.knows(monitor, secret == null ? "" : secret)) {
      throw new Refusal(
          Status.UNAUTHORIZED,
          "the token of the monitor is needed: Authorization: Bearer TOKEN, and this is not it");
    }
    List<Target> targets = reporters.targets(monitor, subject);
    if (targets.isEmpty()) {
      throw Refusal.notFound(unknown(reporters, monitor, subject));
    }
    ObjectNode body = call.json();
    Bodies.refuseStrangers(body, KEYS);
    boolean up = !body.has("state") || Bodies.word(body, "state", STATES).equals("up");
    ProbeResult said = said(up, Bodies.line(body, "reason"));
    Verdict before = verdict(targets.getFirst());
    targets.forEach(target -> mailbox.report(target, said));
    Reply reply = Reply.ok(view(monitor, targets, up));
    Verdict after = up ? Verdict.UP : Verdict.DOWN;
    return before == after
        ? reply
        : reply.changed("push " + monitor + " of " + subject, word(before), word(after));
  }

  private static ProbeResult said(boolean up, String reason) {
    String words = (up ? "it says up" : "it says down") + (reason.isEmpty() ? "" : ": " + reason);
    return up ? new ProbeResult.Passed(words) : new ProbeResult.Failed(words);
  }

  private Verdict verdict(Target target) {
    TargetStatus status = mailbox.status(target);
    return status == null ? Verdict.UNKNOWN : status.verdict();
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String unknown(Reporters reporters, String monitor, String subject) {
    List<String> known = reporters.subjects(monitor);
    return "the monitor %s is about nobody called %s%s; there are: %s"
        .formatted(monitor, subject, Suggestion.of(subject, known), Suggestion.list(known));
  }

  private static ObjectNode view(String monitor, List<Target> targets, boolean up) {
    ObjectNode view = Views.object().put("monitor", monitor).put("state", up ? "up" : "down");
    var places = view.putArray("targets");
    targets.forEach(target -> places.add(target.where()));
    Duration silence = targets.getFirst().timeout();
    return view.put("silentAfterSeconds", silence.toMillis() / 1000.0);
  }
}
