package io.fairlead.server.event;

import io.fairlead.config.Problem;
import io.fairlead.dns.choice.Availability;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.server.control.Plan;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.TargetKey;
import io.fairlead.server.control.Transition;
import io.fairlead.server.event.Event.Kind;
import io.fairlead.server.event.Event.Weight;
import io.fairlead.sync.cluster.ClusterStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From a step of control to the events that it makes. */
public final class Changes {
  /**
   * Enough to see what it is about; who wants all of ten thousand asks for the services. Holds for
   * the members of one target, and for those that one step brings or takes.
   */
  private static final int MAX_ALIKE = 100;

  private final Transition step;
  private final Instant at;
  private final List<Event> events = new ArrayList<>();

  private Changes(Transition step, Instant at) {
    this.step = step;
    this.at = at;
  }

  public static List<Event> of(Transition step, Instant at) {
    var changes = new Changes(step, at);
    step.events().forEach(changes::add);
    if (step.replanned() && step.before().model().config() != null) {
      changes.addMembers();
    }
    changes.events.addAll(CalmChanges.of(step, at));
    return changes.events;
  }

  private void add(ControlEvent event) {
    switch (event) {
      case ControlEvent.HealthChanged(var target, _, var status) -> verdict(target, status);
      case ControlEvent.BlindChanged(var blind) -> blind(blind);
      case ControlEvent.ConfigLoaded loaded -> accepted(loaded);
      case ControlEvent.ConfigRefused(var problems, _) -> refused(problems);
      case ControlEvent.ClusterChanged(var status) ->
          cluster(status, step.before().model().clusters().get(status.cluster()));
      case ControlEvent.Restored _,
          ControlEvent.FirstRoundDone _,
          ControlEvent.ReadyTimeoutPassed _,
          ControlEvent.ImportChanged _,
          ControlEvent.GeoLoaded _,
          ControlEvent.Resumed _,
          ControlEvent.GuardReleased _,
          ControlEvent.TimePassed _,
          ControlEvent.Overridden _,
          ControlEvent.OverrideCleared _ -> {}
    }
  }

  private void verdict(Target target, TargetStatus status) {
    TargetStatus last = step.before().model().health().get(target);
    warning(target, status, last == null ? "" : last.warning());
    if (last != null && last.verdict() == status.verdict()) {
      return;
    }
    List<PlannedMember> members = step.after().plan().members(target);
    Weight weight = status.verdict() == Verdict.DOWN ? Weight.WARNING : Weight.INFO;
    for (PlannedMember member : members.subList(0, Math.min(members.size(), MAX_ALIKE))) {
      Availability before = step.before().availability(member);
      Availability after = step.after().availability(member);
      Map<String, Object> facts = facts(member);
      String reason =
          member.targets().contains(target)
              ? status.reason()
              : "site " + member.site().name() + ": " + status.reason();
      facts.put("target", TargetKey.words(target));
      facts.put("verdict", word(status.verdict()));
      facts.put("reason", reason);
      facts.put("stateBefore", word(before));
      facts.put("state", word(after));
      String text = "member %s is %s: %s".formatted(place(member), status.verdict(), reason);
      Instant horizon = before == after ? null : Horizon.of(member.service(), at);
      events.add(new Event(Kind.VERDICT, at, weight, text, facts, horizon));
    }
    if (members.size() > MAX_ALIKE) {
      String text =
          "%d more members of %s are %s"
              .formatted(members.size() - MAX_ALIKE, TargetKey.words(target), status.verdict());
      events.add(new Event(Kind.VERDICT, at, weight, text, Map.of(), null));
    }
  }

  private void warning(Target target, TargetStatus status, String before) {
    if (!status.warning().isEmpty() && !status.warning().equals(before)) {
      String text = "target %s: %s".formatted(TargetKey.words(target), status.warning());
      Map<String, Object> facts =
          Map.of("target", TargetKey.words(target), "warning", status.warning());
      events.add(new Event(Kind.VERDICT, at, Weight.WARNING, text, facts, null));
    }
  }

  private void blind(boolean blind) {
    String text =
        blind
            ? "this node is blind: none of its references answers; no failure counts until one does"
            : "this node sees again: a reference has answered";
    Weight weight = blind ? Weight.ERROR : Weight.INFO;
    events.add(new Event(Kind.NODE, at, weight, text, Map.of("blind", blind), null));
  }

  private void accepted(ControlEvent.ConfigLoaded loaded) {
    var config = loaded.config();
    var facts = new LinkedHashMap<String, Object>();
    facts.put("accepted", true);
    facts.put("zones", config.zones().size());
    facts.put("services", config.services().size());
    facts.put("warnings", loaded.warnings().size());
    String text =
        "configuration accepted: zones %d, services %d"
            .formatted(config.zones().size(), config.services().size());
    Instant horizon = Horizon.of(step.before().plan(), step.after().plan(), at);
    events.add(new Event(Kind.RELOAD, at, Weight.INFO, text, facts, horizon));
  }

  private void refused(List<Problem> problems) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("accepted", false);
    facts.put("problems", problems.stream().limit(MAX_ALIKE).map(Problem::toString).toList());
    String text = "configuration refused, the one before goes on; problems: " + problems.size();
    events.add(new Event(Kind.RELOAD, at, Weight.ERROR, text, facts, null));
  }

  /** Of its connection and of what it holds back; what it leaves out is the log's. */
  private void cluster(ClusterStatus status, @Nullable ClusterStatus before) {
    boolean connected = status.connected();
    if (before != null && connected && before.connected() && before.held() == status.held()) {
      return;
    }
    String context = status.cluster();
    String reason = status.reason();
    var facts = new LinkedHashMap<String, Object>();
    facts.put("cluster", context);
    facts.put("connected", connected);
    facts.put("reason", reason);
    String text =
        connected
            ? "cluster %s connected: %s".formatted(context, reason)
            : "cluster %s not connected, its members stay as they are: %s"
                .formatted(context, reason);
    events.add(
        new Event(Kind.CLUSTER, at, connected ? Weight.INFO : Weight.WARNING, text, facts, null));
  }

  private void addMembers() {
    Plan before = step.before().plan();
    Plan after = step.after().plan();
    Map<String, PlannedMember> are = notIn(before, after);
    Map<String, PlannedMember> were = notIn(after, before);
    say("added", are, were);
    say("removed", were, are);
  }

  /** The members of services that the other plan does not have just so. */
  private static Map<String, PlannedMember> notIn(Plan other, Plan plan) {
    var members = new TreeMap<String, PlannedMember>();
    for (int number = 0; number < plan.services().size(); number++) {
      ServiceSpec service = plan.services().get(number);
      int there = other.number(service.name());
      if (there < 0 || !other.services().get(there).equals(service)) {
        plan.members(number).forEach(member -> members.put(name(member), member));
      }
    }
    return members;
  }

  private static String name(PlannedMember member) {
    return Plan.key(member.service().name()) + ' ' + member.member().target();
  }

  private void say(
      String change, Map<String, PlannedMember> those, Map<String, PlannedMember> butNot) {
    List<PlannedMember> changed =
        those.entrySet().stream()
            .filter(entry -> !butNot.containsKey(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    for (PlannedMember member : changed.subList(0, Math.min(changed.size(), MAX_ALIKE))) {
      Map<String, Object> facts = facts(member);
      facts.put("change", change);
      facts.put("origin", member.member().origin());
      String text =
          "member %s %s (from %s)".formatted(place(member), change, member.member().origin());
      Instant horizon = Horizon.of(member.service(), at);
      events.add(new Event(Kind.MEMBER, at, Weight.INFO, text, facts, horizon));
    }
    if (changed.size() > MAX_ALIKE) {
      String text = "%d more members %s".formatted(changed.size() - MAX_ALIKE, change);
      events.add(new Event(Kind.MEMBER, at, Weight.INFO, text, Map.of("change", change), null));
    }
  }

  static Map<String, Object> facts(PlannedMember member) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("service", Plan.key(member.service().name()));
    facts.put("pool", member.pool().name());
    facts.put("address", member.member().target());
    facts.put("site", member.member().site());
    return facts;
  }

  static String place(PlannedMember member) {
    return "%s of %s at %s"
        .formatted(
            member.member().target(), Plan.key(member.service().name()), member.member().site());
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
