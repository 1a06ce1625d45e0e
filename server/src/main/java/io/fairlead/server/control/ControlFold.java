package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.state.OperatorOverride;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The control plane as a fold: what was published and a batch of events give what is published
 * next. It looks at no clock, disk or network, so that the same events give the same answers in a
 * simulation.
 */
public final class ControlFold {
  private final EndpointRegistry endpoints = new EndpointRegistry();
  private final Turns turns = new Turns();

  /** The next published state; the same object where nothing has changed. */
  public Published apply(Published before, List<ControlEvent> offered) {
    List<ControlEvent> events = offered.stream().filter(event -> concerns(before, event)).toList();
    Model model = before.model().apply(events);
    FairleadConfig config = model.config();
    if (config != null && needsPlan(before.model(), model)) {
      return replan(before, model, config);
    }
    return before.judge(model, touched(before, events), compiler(before.plan()));
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
        || before.geo() != after.geo();
  }

  private Published replan(Published before, Model model, FairleadConfig config) {
    var zones = Serials.rising(config.zones(), before.plan().zones(), model.restored().serials());
    Plan plan = Plan.of(config, zones, model.geo(), model.imports().values(), endpoints);
    Set<Name> changed = Secondaries.changed(config, before.plan(), plan);
    if (!changed.isEmpty()) {
      var raised = Serials.raised(zones, before.plan().zones(), changed);
      plan = Plan.of(config, raised, model.geo(), model.imports().values(), endpoints);
    }
    Set<Name> names = plan.services().stream().map(ServiceSpec::name).collect(Collectors.toSet());
    Published after = before.replan(model.carriedTo(plan), plan, compiler(plan));
    turns.retain(names);
    return after;
  }

  private ServiceCompiler compiler(Plan plan) {
    Ground ground = plan.ground();
    return new ServiceCompiler(endpoints, turns, ground.sites(), ground.geo());
  }

  private static Set<PlannedMember> touched(Published before, List<ControlEvent> events) {
    var touched = new HashSet<PlannedMember>();
    for (ControlEvent event : events) {
      switch (event) {
        case ControlEvent.HealthChanged(var target, _, _) ->
            touched.addAll(before.plan().members(target));
        case ControlEvent.Overridden(var override) ->
            touched.addAll(about(override.subject(), before.plan()));
        case ControlEvent.OverrideCleared(var subject) ->
            touched.addAll(about(subject, before.plan()));
        case ControlEvent.Restored _,
            ControlEvent.ConfigLoaded _,
            ControlEvent.ConfigRefused _,
            ControlEvent.FirstRoundDone _,
            ControlEvent.ReadyTimeoutPassed _,
            ControlEvent.ImportChanged _,
            ControlEvent.GeoLoaded _,
            ControlEvent.ClusterChanged _ -> {}
      }
    }
    return touched;
  }

  private static List<PlannedMember> about(OperatorOverride.Subject subject, Plan plan) {
    return switch (subject) {
      case OperatorOverride.Subject.Member(var service, var address) ->
          plan.members(plan.number(Name.parse(service))).stream()
              .filter(member -> member.member().target().equals(address))
              .toList();
      case OperatorOverride.Subject.Site(var name) ->
          plan.allMembers().filter(member -> member.member().site().equals(name)).toList();
    };
  }
}
