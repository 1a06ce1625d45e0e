package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.config.Problem;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.reload.Reloads;
import io.fairlead.server.version.Difference;
import io.fairlead.server.version.Occasion;
import io.fairlead.server.version.Version;
import io.fairlead.server.version.Versions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was accepted, what lies between two of them, and the way back. */
public final class VersionRoutes implements Routes {
  private static final String CURRENT = "current";

  private final Reloads reloads;
  private final Versions versions;

  public VersionRoutes(Reloads reloads) {
    this.reloads = reloads;
    this.versions = reloads.versions();
  }

  @Override
  public void addTo(Paths paths) {
    paths.get("/api/v1/versions", Set.of(), _ -> Reply.ok(all()));
    paths.get("/api/v1/versions/:version", Set.of(), this::one);
    paths.get("/api/v1/diff", Set.of("from", "to"), this::difference);
    paths.change("PUT", "/api/v1/pin", Set.of(), this::pin);
    paths.change("DELETE", "/api/v1/pin", Set.of(), this::unpin);
  }

  private ObjectNode all() {
    ObjectNode body = Views.object();
    putNumber(body, CURRENT, versions.current());
    if (versions.pinned().isPresent()) {
      body.put("pinned", versions.pinned().getAsInt());
    } else {
      body.putNull("pinned");
    }
    var list = body.putArray("versions");
    versions.all().forEach(version -> list.add(view(version)));
    return body;
  }

  private static void putNumber(ObjectNode body, String name, @Nullable Version version) {
    if (version == null) {
      body.putNull(name);
    } else {
      body.put(name, version.number());
    }
  }

  private static ObjectNode view(Version version) {
    return Views.object()
        .put("version", version.number())
        .put("at", version.at().toString())
        .put("who", version.occasion().who())
        .put("why", version.occasion().why())
        .put("octets", version.octets())
        .put("sha256", version.sha256());
  }

  private Reply one(Call call) {
    int number = number(call.path("version"));
    String text = text(number);
    return versions.all().stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .map(version -> Reply.ok(view(version).put("config", text)))
        .orElseThrow(() -> Refusal.notFound("version " + number + " has just been forgotten"));
  }

  private Reply difference(Call call) {
    int from = number(call.query("from", ""));
    int to = number(call.query("to", CURRENT));
    ObjectNode body = Views.object().put("from", from).put("to", to);
    Views.changes(Difference.of(text(from), text(to)), body.putArray("changes"));
    return Reply.ok(body);
  }

  private int number(String text) {
    Version current = versions.current();
    if (text.equals(CURRENT)) {
      if (current == null) {
        throw Refusal.notFound("what is served did not come from a file, and is no version");
      }
      return current.number();
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw Refusal.badRequest(
          "\"" + text + "\" is no version; allowed: a number, or \"" + CURRENT + "\"");
    }
    return Integer.parseInt(text);
  }

  private String text(int number) {
    try {
      return versions.text(number);
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound(String.valueOf(e.getMessage()));
    }
  }

  private Reply pin(Call call) {
    ObjectNode asked = call.json();
    Bodies.refuseStrangers(asked, List.of("version", "reason"));
    JsonNode version = asked.path("version");
    if (!version.isIntegralNumber()) {
      throw Refusal.badRequest("allowed is {\"version\": NUMBER, \"reason\": TEXT}");
    }
    String what = because("rollback", Bodies.line(asked, "reason"));
    int number = number(version.asText());
    text(number);
    String before = standing();
    refuseProblems(
        reloads.rollback(number, new Occasion(call.who(), what)),
        "version " + number + " cannot be served any more, nothing has changed: ");
    return Reply.ok(all()).changed(what, before, standing());
  }

  private Reply unpin(Call call) {
    if (versions.pinned().isEmpty()) {
      return Reply.ok(all());
    }
    String before = standing();
    refuseProblems(
        reloads.unpin(new Occasion(call.who(), "unpin")),
        "the file cannot be served, so the pin stays: ");
    return Reply.ok(all()).changed("unpin", before, standing());
  }

  private static String because(String what, String reason) {
    return reason.isEmpty() ? what : what + ": " + reason;
  }

  private static void refuseProblems(List<Problem> problems, String words) {
    if (!problems.isEmpty()) {
      throw new Refusal(Status.UNPROCESSABLE, words + problems.getFirst())
          .with("problems", Views.problems(problems).path("problems"));
    }
  }

  private String standing() {
    Version current = versions.current();
    return "version %s%s"
        .formatted(
            current == null ? "none" : current.number(),
            versions.pinned().isPresent() ? ", pinned" : "");
  }
}
