package io.fairlead.server.control;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.zone.ServiceTable;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneTable;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.state.OperatorOverride;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What control holds and what queries read, at one moment: the model, what it means, and the
 * snapshot that was built of it.
 *
 * @param since when this snapshot was made
 */
public record Published(Model model, Plan plan, Snapshot snapshot, Instant since) {
  public static final Published NOTHING =
      new Published(Model.EMPTY, Plan.EMPTY, Snapshot.EMPTY, Instant.EPOCH);

  /**
   * The next one after a change of configuration or imports: all is looked at, what is equal is
   * shared.
   */
  Published replan(Model model, Plan plan, ServiceCompiler compiler) {
    return replan(model, plan, compiler, Judgement.of(model));
  }

  Published replan(Model model, Plan plan, ServiceCompiler compiler, Judgement judge) {
    Liveness liveness = judgeAll(plan, judge);
    var services = new HashMap<Integer, SteeredService>();
    for (int number = 0; number < plan.services().size(); number++) {
      boolean inDoubt = inDoubt(plan, number, judge);
      services.put(
          number,
          isSame(plan, number, liveness, inDoubt)
              ? snapshot.services().get(this.plan.number(plan.services().get(number).name()))
              : compiler.compile(plan.services().get(number), liveness, inDoubt));
    }
    ZoneTable zones = ZoneCompiler.compile(plan.zones(), plan.names());
    return next(model, plan, zones, ServiceTable.EMPTY.with(services), liveness);
  }

  private Liveness judgeAll(Plan plan, Judgement judge) {
    var change = snapshot.liveness().change();
    for (int number = 0; number < plan.services().size(); number++) {
      for (var member : plan.members(number)) {
        change.set(member.endpoint(), judge.availability(member), judge.share(member));
      }
    }
    return change.apply();
  }

  /**
   * Whether a service was compiled before as it would be now: neither its spec nor what is thought
   * of its members has changed.
   */
  private boolean isSame(Plan next, int number, Liveness liveness, boolean inDoubt) {
    ServiceSpec spec = next.services().get(number);
    int before = plan.number(spec.name());
    return before >= 0
        && plan.ground().isSameAs(next.ground())
        && plan.services().get(before).equals(spec)
        && inDoubt == inDoubt(plan, before, Judgement.of(model))
        && plan.members(before).stream()
            .allMatch(member -> liveness.agrees(snapshot.liveness(), member.endpoint()));
  }

  /** Asked of those services alone that make a difference of it. */
  private static boolean inDoubt(Plan plan, int number, Judgement judge) {
    return plan.services().get(number).doubtTtlSeconds() != ServiceSpec.SAME_TTL
        && judge.inDoubt(plan.members(number));
  }

  /**
   * The next one after verdicts or operators' words: only services of these members are compiled
   * again.
   */
  Published judge(Model model, Set<PlannedMember> touched, ServiceCompiler compiler) {
    return judge(model, plan, touched, compiler);
  }

  /**
   * The same where some services of the same names are others than before.
   *
   * @param touched among them all members of those services
   */
  Published judge(Model model, Plan plan, Set<PlannedMember> touched, ServiceCompiler compiler) {
    Judgement before = Judgement.of(this.model);
    Judgement judge = Judgement.of(model);
    var change = snapshot.liveness().change();
    var dirty = new HashSet<Integer>();
    for (var member : touched) {
      Availability now = judge.availability(member);
      int share = judge.share(member);
      int number = plan.number(member.service().name());
      if (plan.services().get(number) != this.plan.services().get(number)
          || now != snapshot.liveness().availability(member.endpoint())
          || share != snapshot.liveness().share(member.endpoint())) {
        change.set(member.endpoint(), now, share);
        dirty.add(number);
      } else if (inDoubt(plan, number, before) != inDoubt(plan, number, judge)) {
        dirty.add(number);
      }
    }
    if (dirty.isEmpty() && snapshot.ready() == ready(model)) {
      return new Published(model, plan, snapshot, since);
    }
    Liveness liveness = change.apply();
    Map<Integer, SteeredService> services = new HashMap<>();
    for (int number : dirty) {
      services.put(
          number,
          compiler.compile(plan.services().get(number), liveness, inDoubt(plan, number, judge)));
    }
    return next(model, plan, snapshot.zones(), snapshot.services().with(services), liveness);
  }

  /** Whether a service's answers are given for a shorter time now. */
  boolean inDoubt(int service) {
    return inDoubt(plan, service, Judgement.of(model));
  }

  private Published next(
      Model model, Plan plan, ZoneTable zones, ServiceTable services, Liveness liveness) {
    return new Published(
        model,
        plan,
        new Snapshot(snapshot.generation() + 1, ready(model), zones, services, liveness),
        model.calm().now());
  }

  private static boolean ready(Model model) {
    return model.config() != null && model.answering();
  }

  /**
   * Who is down now, as a test of members of another plan: the same service, the same address or
   * name.
   */
  public Predicate<PlannedMember> down() {
    Set<OperatorOverride.Subject> down =
        plan.allMembers()
            .filter(member -> isDown(availability(member)))
            .map(PlannedMember::subject)
            .collect(Collectors.toSet());
    return member -> down.contains(member.subject());
  }

  private static boolean isDown(Availability availability) {
    return availability != Availability.UP && availability != Availability.ASSUMED_UP;
  }

  /**
   * When the next change comes by time alone; {@link Instant#MAX} where there is none to wait for.
   */
  Instant nextDeadline() {
    Instant back = model.calm().nextChange(Comebacks.fleet(plan, model.config()));
    Instant drained = Drains.nextEnd(model, plan, model.calm().now());
    return back.isBefore(drained) ? back : drained;
  }

  /** What a member has of its weight now, in sixteenths; less than all in its slow start. */
  public int share(PlannedMember member) {
    return snapshot.liveness().share(member.endpoint());
  }

  /** What a member is now, as queries see it. */
  public Availability availability(PlannedMember member) {
    // An endpoint may be in two pools of a service: what the file says of one is not of the other.
    if (!member.member().enabled() || !member.pool().enabled()) {
      return Availability.DISABLED;
    }
    return snapshot.liveness().availability(member.endpoint());
  }
}
