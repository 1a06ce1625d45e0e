package io.fairlead.sync.cluster;

import io.fairlead.sync.cluster.GlobalLeader.Served;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.global.GlobalObjects.Kind;
import io.fairlead.sync.global.GlobalObjects.Seen;
import io.fairlead.sync.global.Verdict;
import io.fairlead.sync.global.Verdict.Attachment;
import io.fairlead.sync.global.Verdict.Judged;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The status of a GlobalService or HealthMonitor: conditions as Kubernetes has them
 * (meta/v1.Condition), and of each target one ancestor's, as GEP-713 has them.
 */
final class GlobalStatus {
  /** Who says it, among all who write to one object's ancestors. */
  static final String CONTROLLER = "fairlead.io/gslb";

  /** GEP-713: a PolicyStatus has at most so many. */
  private static final int MAX_ANCESTORS = 16;

  /** Enough to see which; one Gateway may have thousands. */
  private static final int MAX_HOSTS = 64;

  /** As meta/v1.Condition has it. */
  private static final int MAX_MESSAGE = 32_768;

  private static final String TRANSITION = "lastTransitionTime";

  private GlobalStatus() {}

  /**
   * What the status should be; a condition that stays keeps the time at which it began.
   *
   * @param served how a host is served
   */
  static Map<String, Object> of(
      Kind kind, Seen seen, Verdict verdict, Function<String, Served> served, Instant now) {
    Map<String, Object> status = new LinkedHashMap<>();
    List<Object> conditions = new ArrayList<>();
    List<?> before = Fields.list(seen.status(), "conditions");
    conditions.add(condition("Accepted", verdict.judged(), seen, before, now));
    boolean service = kind == Kind.SERVICE;
    if (service) {
      conditions.add(condition("Programmed", programmed(verdict, served), seen, before, now));
    }
    status.put("conditions", conditions);
    if (service) {
      status.put("hosts", verdict.hosts().stream().limit(MAX_HOSTS).toList());
      status.put(
          "ancestors",
          verdict.attached().stream()
              .limit(MAX_ANCESTORS)
              .map(attachment -> ancestor(attachment, seen, now))
              .toList());
    }
    return status;
  }

  /** The same but for the times. */
  static boolean isSame(Map<String, Object> a, @Nullable Map<String, Object> b) {
    return b != null && timeless(a).equals(timeless(b));
  }

  private static Object timeless(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<Object, Object> rest = new LinkedHashMap<>();
        map.forEach(
            (key, value) -> {
              if (!TRANSITION.equals(key)) {
                rest.put(key, timeless(value));
              }
            });
        yield rest;
      }
      case List<?> list -> list.stream().map(GlobalStatus::timeless).toList();
      default -> tree;
    };
  }

  private static Judged programmed(Verdict verdict, Function<String, Served> served) {
    if (!verdict.inForce()) {
      return new Judged(false, "Invalid", "no version of it was ever accepted");
    }
    if (verdict.hosts().isEmpty()) {
      return new Judged(false, "NoHosts", "it speaks for no host");
    }
    List<String> without = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int members = 0;
    for (String host : verdict.hosts()) {
      Served now = served.apply(host);
      notes.addAll(now.notes());
      members += now.members();
      if (now.members() == 0) {
        without.add(host);
      }
    }
    if (!notes.isEmpty()) {
      return new Judged(false, "NotServed", String.join("; ", notes));
    }
    if (without.size() == verdict.hosts().size()) {
      return new Judged(false, "NoMembers", "nothing offers " + String.join(", ", without));
    }
    String some = without.isEmpty() ? "" : "; nothing offers " + String.join(", ", without);
    return new Judged(
        true,
        "Programmed",
        "%d members at %d names%s"
            .formatted(members, verdict.hosts().size() - without.size(), some));
  }

  private static Map<String, Object> ancestor(Attachment attachment, Seen seen, Instant now) {
    Map<String, Object> ref = new LinkedHashMap<>();
    ref.put("group", attachment.target().group());
    ref.put("kind", attachment.target().kind());
    ref.put("name", attachment.target().name());
    List<?> before =
        Fields.list(seen.status(), "ancestors").stream()
            .filter(ancestor -> ref.equals(Fields.at(ancestor, "ancestorRef")))
            .findFirst()
            .map(ancestor -> Fields.list(ancestor, "conditions"))
            .orElse(List.of());
    Map<String, Object> ancestor = new LinkedHashMap<>();
    ancestor.put("ancestorRef", ref);
    ancestor.put("controllerName", CONTROLLER);
    ancestor.put(
        "conditions", List.of(condition("Accepted", attachment.judged(), seen, before, now)));
    return ancestor;
  }

  private static Map<String, Object> condition(
      String type, Judged judged, Seen seen, List<?> before, Instant now) {
    String state = judged.accepted() ? "True" : "False";
    Object stands =
        before.stream()
            .filter(condition -> type.equals(Fields.text(condition, "type")))
            .filter(condition -> state.equals(Fields.text(condition, "status")))
            .findFirst()
            .orElse(null);
    String since =
        Objects.requireNonNullElse(
            Fields.text(stands, TRANSITION), now.truncatedTo(ChronoUnit.SECONDS).toString());
    String message = judged.message();
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", type);
    condition.put("status", state);
    condition.put("observedGeneration", Math.toIntExact(seen.generation()));
    condition.put(TRANSITION, since);
    condition.put("reason", judged.reason());
    condition.put("message", message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
    return condition;
  }
}
