package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.spec.ServiceSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The control plane as a fold: what was published and a batch of events give what is published
 * next. It looks at no clock, disk or network, so that the same events give the same answers in a
 * simulation.
 */
public final class ControlFold {
  private final EndpointRegistry endpoints;
  private final Turns turns = new Turns();

  /**
   * What it has worked out about its ground, such as tables of rules, is wanted at each verdict.
   */
  private ServiceCompiler compiler;

  private Ground ground = Plan.EMPTY.ground();

  /** Where nobody counts what members are given. */
  public ControlFold() {
    this(_ -> {});
  }

  /**
   * @param freed told of each endpoint's number that another member will have: what was counted for
   *     it is not the other's
   */
  ControlFold(IntConsumer freed) {
    endpoints = new EndpointRegistry(freed);
    compiler = compilerOn(ground);
  }

  /** The next published state; the same object where nothing has changed. */
  public Published apply(Published before, List<ControlEvent> offered) {
    List<ControlEvent> events = offered.stream().filter(event -> concerns(before, event)).toList();
    Model model = before.model().apply(events);
    FairleadConfig config = model.config();
    if (config != null && needsPlan(before.model(), model)) {
      Plan patched = ImportPatch.of(before, model, endpoints);
      return patched == null
          ? replan(before, model, config, events)
          : patch(before, model, patched, events);
    }
    return patch(before, model, before.plan(), events);
  }

  /** The same names; few of the services, or none, are others than before. */
  private Published patch(Published before, Model model, Plan plan, List<ControlEvent> events) {
    Model calmer = model.with(Comebacks.after(before, model, plan, events));
    Set<PlannedMember> touched = touched(before, plan, calmer, events);
    touched.addAll(plan.changedSince(before.plan()));
    Model carried = plan == before.plan() ? calmer : calmer.carriedTo(plan);
    Published after = before.judge(carried, plan, touched, compiler(plan));
    endpoints.tidy(before.plan(), plan);
    return after;
  }

  /**
   * A verdict about a target that is no longer probed came too late: it must not be believed later.
   */
  private static boolean concerns(Published before, ControlEvent event) {
    return !(event instanceof ControlEvent.HealthChanged(var target, _, _))
        || before.plan().targets().contains(target);
  }

  private static boolean needsPlan(Model before, Model after) {
    return before.config() != after.config()
        || before.imports() != after.imports()
        || before.geo() != after.geo()
        || (before.overrides() != after.overrides() && !before.enabled().equals(after.enabled()));
  }

  private Published replan(
      Published before, Model model, FairleadConfig config, List<ControlEvent> events) {
    var zones = Serials.rising(config.zones(), before.plan().zones(), model.restored().serials());
    Plan plan = plan(config, zones, model);
    Set<Name> changed = Secondaries.changed(config, before.plan(), plan);
    if (!changed.isEmpty()) {
      plan = plan(config, Serials.raised(zones, before.plan().zones(), changed), model);
    }
    Set<Name> names = plan.services().stream().map(ServiceSpec::name).collect(Collectors.toSet());
    Model calmer = model.with(Comebacks.after(before, model, plan, events));
    Published after = before.replan(calmer.carriedTo(plan), plan, compiler(plan));
    turns.retain(names);
    endpoints.tidy(before.plan(), plan);
    return after;
  }

  private Plan plan(FairleadConfig config, List<ZoneSpec> zones, Model model) {
    return Plan.of(
        Enabling.in(config, model.enabled()),
        zones,
        model.geo(),
        model.imports().values(),
        endpoints);
  }

  private ServiceCompiler compiler(Plan plan) {
    if (!ground.isSameAs(plan.ground())) {
      ground = plan.ground();
      compiler = compilerOn(ground);
    }
    return compiler;
  }

  private ServiceCompiler compilerOn(Ground place) {
    return new ServiceCompiler(endpoints, turns, place.sites(), place.geo());
  }

  private static Set<PlannedMember> touched(
      Published before, Plan plan, Model after, List<ControlEvent> events) {
    var touched = new HashSet<PlannedMember>();
    for (ControlEvent event : events) {
      switch (event) {
        case ControlEvent.HealthChanged(var target, _, _) -> touched.addAll(plan.members(target));
        case ControlEvent.Overridden(var override) ->
            touched.addAll(plan.members(override.subject()));
        case ControlEvent.OverrideCleared(var subject) -> touched.addAll(plan.members(subject));
        case ControlEvent.TimePassed(var at) -> touched.addAll(drainedUntil(at, before, plan));
        case ControlEvent.Restored _,
            ControlEvent.ConfigLoaded _,
            ControlEvent.ConfigRefused _,
            ControlEvent.BlindChanged _,
            ControlEvent.FirstRoundDone _,
            ControlEvent.ReadyTimeoutPassed _,
            ControlEvent.ImportChanged _,
            ControlEvent.GeoLoaded _,
            ControlEvent.ClusterChanged _,
            ControlEvent.Resumed _,
            ControlEvent.GuardReleased _ -> {}
      }
    }
    for (var member : after.calm().changedSince(before.model().calm())) {
      touched.addAll(plan.members(member));
    }
    return touched;
  }

  private static Set<PlannedMember> drainedUntil(Instant at, Published before, Plan plan) {
    Model model = before.model();
    if (Drains.nextEnd(model, plan, model.calm().now()).isAfter(at)) {
      return Set.of();
    }
    return Drains.all(model.overrides().values())
        .flatMap(drain -> plan.members(drain.subject()).stream())
        .collect(Collectors.toSet());
  }
}
