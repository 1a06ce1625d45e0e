package io.fairlead.server.event;

import io.fairlead.dns.choice.Availability;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.server.control.GuardStanding;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Standing;
import io.fairlead.server.control.Transition;
import io.fairlead.server.event.Event.Kind;
import io.fairlead.server.event.Event.Weight;
import io.fairlead.server.state.Absence;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.State;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators say, and members that are held back, come back, or are drained. */
final class CalmChanges {
  /** Members that one step holds back, lets back or finds drained; more are counted. */
  private static final int MAX_ALIKE = 100;

  private final Transition step;
  private final Instant at;
  private final List<Event> events = new ArrayList<>();

  private CalmChanges(Transition step, Instant at) {
    this.step = step;
    this.at = at;
  }

  static List<Event> of(Transition step, Instant at) {
    var changes = new CalmChanges(step, at);
    changes.addGuard();
    step.events().forEach(changes::add);
    changes.addReturns();
    if (step.republished()) {
      changes.addDrained();
    }
    return changes.events;
  }

  private void add(ControlEvent event) {
    switch (event) {
      case ControlEvent.Overridden(var override) -> overridden(override);
      case ControlEvent.OverrideCleared(var subject) -> override(subject, "taken back", "");
      case ControlEvent.Resumed(var member, _) -> override(member, "resume", "");
      default -> {} // has events of its own, or none
    }
  }

  private void overridden(OperatorOverride override) {
    override(override.subject(), override.state().word(), override.reason());
  }

  private void override(Subject subject, String word, String reason) {
    List<PlannedMember> members = step.after().plan().members(subject);
    Map<String, Object> facts = new LinkedHashMap<>();
    switch (subject) {
      case Subject.Member(var service, var address) -> {
        facts.put("service", service);
        facts.put("address", address);
      }
      case Subject.Site(var name) -> facts.put("site", name);
    }
    facts.put("override", word);
    facts.put("reason", reason);
    facts.put("members", members.size());
    String why = reason.isEmpty() ? "" : ": " + reason;
    String text = "operator: %s: %s%s".formatted(subject, word, why);
    events.add(new Event(Kind.OVERRIDE, at, Weight.INFO, text, facts, horizon(members)));
  }

  private @Nullable Instant horizon(List<PlannedMember> members) {
    return members.stream()
        .filter(this::hasChanged)
        .map(member -> Horizon.of(member.service(), at))
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private boolean hasChanged(PlannedMember member) {
    return step.before().availability(member) != step.after().availability(member);
  }

  private void addGuard() {
    var before = GuardStanding.of(step.before());
    var after = GuardStanding.of(step.after());
    if (before.isOn() == after.isOn()) {
      return;
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("on", after.isOn());
    facts.put("monitored", after.monitored());
    facts.put("down", after.down());
    facts.put("guarded", after.guarded());
    String text =
        after.isOn()
            ? after.text()
            : "the mass-down guard is off again: %d of %d monitored members are down"
                .formatted(after.down(), after.monitored());
    Weight weight = after.isOn() ? Weight.ERROR : Weight.WARNING;
    events.add(new Event(Kind.GUARD, at, weight, text, facts, null));
  }

  private void addReturns() {
    Published after = step.after();
    var before = step.before().model().calm();
    var changed = new LinkedHashSet<PlannedMember>();
    for (var member : after.model().calm().changedSince(before)) {
      Absence was = before.absences().get(member);
      Absence is = after.model().calm().absences().get(member);
      boolean isHeld = is != null && is.isHeld() && !is.equals(was);
      // Whoever is well and back in one step was not held back: its verdict says all.
      boolean wasHeld = was != null && was.isHeld();
      boolean isBack = is == null || !is.isOut();
      if (isHeld || (wasHeld && isBack)) {
        after.plan().members(member).stream().limit(1).forEach(changed::add);
      }
    }
    say(changed);
  }

  private void addDrained() {
    var drained = new LinkedHashSet<PlannedMember>();
    for (OperatorOverride override : step.after().model().overrides().values()) {
      if (override.state() == State.DRAIN) {
        step.after().plan().members(override.subject()).stream()
            .filter(member -> step.after().availability(member) == Availability.DRAINED)
            .filter(this::hasChanged)
            .forEach(drained::add);
      }
    }
    say(drained);
  }

  private void say(Set<PlannedMember> members) {
    members.stream().limit(MAX_ALIKE).forEach(this::say);
    if (members.size() > MAX_ALIKE) {
      String text = "%d more members alike".formatted(members.size() - MAX_ALIKE);
      events.add(new Event(Kind.MEMBER, at, Weight.INFO, text, Map.of(), null));
    }
  }

  private void say(PlannedMember member) {
    Availability state = step.after().availability(member);
    String standing = Standing.of(member, step.after()).reason();
    Map<String, Object> facts = Changes.facts(member);
    facts.put("change", "calm");
    facts.put("stateBefore", Changes.word(step.before().availability(member)));
    facts.put("state", Changes.word(state));
    facts.put("reason", standing);
    String text =
        switch (state) {
          case HELD, WAITING -> "member %s is held back: %s";
          case DRAINED -> "member %s is drained: %s";
          default -> "member %s is no longer held back%s";
        };
    Instant horizon = hasChanged(member) ? Horizon.of(member.service(), at) : null;
    events.add(
        new Event(
            Kind.MEMBER,
            at,
            state == Availability.WAITING ? Weight.WARNING : Weight.INFO,
            text.formatted(Changes.place(member), standing),
            facts,
            horizon));
  }
}
