package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.sync.merge.ClusterMembers;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A configuration as it would be served, with every member up but those that are named: no socket,
 * no probe.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Builds what would be published.
   *
   * @param geo where clients are
   * @param down names of sites, or addresses of members
   * @throws IllegalArgumentException where a word of {@code down} is neither
   */
  public static Published of(FairleadConfig config, GeoData geo, Collection<String> down) {
    Published rehearsed =
        of(
            config,
            geo,
            List.of(),
            member ->
                down.contains(member.member().site()) || down.contains(member.member().target()));
    refuseUnknown(config, rehearsed.plan(), down);
    return rehearsed;
  }

  /**
   * Builds what would be published beside what clusters offer.
   *
   * @param down which members are taken as down; all others are up
   */
  public static Published of(
      FairleadConfig config,
      GeoData geo,
      Collection<ClusterMembers> imports,
      Predicate<PlannedMember> down) {
    var endpoints = new EndpointRegistry(_ -> {});
    Plan plan = Plan.of(config, config.zones(), geo, imports, endpoints);
    Model model =
        Model.EMPTY.apply(
            List.of(
                new ControlEvent.GeoLoaded(geo),
                new ControlEvent.ConfigLoaded(config, "", List.of(), Instant.EPOCH),
                new ControlEvent.ReadyTimeoutPassed()));
    return Published.NOTHING.replan(
        model,
        plan,
        new ServiceCompiler(endpoints, new Turns(), plan.ground().sites(), geo),
        new AllUp(model, down));
  }

  /** Every member is up for certain, but those that are down. */
  private record AllUp(Model model, Predicate<PlannedMember> down) implements Judgement {
    @Override
    public Availability availability(PlannedMember member) {
      Availability usual = Availabilities.of(member, model);
      return usual == Availability.DISABLED
          ? usual
          : down.test(member) ? Availability.DOWN : Availability.UP;
    }

    @Override
    public int share(PlannedMember member) {
      return Liveness.WHOLE;
    }

    @Override
    public boolean inDoubt(List<PlannedMember> members) {
      return false;
    }
  }

  private static void refuseUnknown(FairleadConfig config, Plan plan, Collection<String> down) {
    Set<String> sites =
        config.sites().stream().map(SiteSpec::name).collect(Collectors.toCollection(TreeSet::new));
    Set<String> addresses =
        plan.allMembers().map(member -> member.member().target()).collect(Collectors.toSet());
    for (String word : down) {
      if (!sites.contains(word) && !addresses.contains(word)) {
        throw new IllegalArgumentException(
            "--down \""
                + word
                + "\" is neither a site ("
                + String.join(", ", sites)
                + ") nor a member's address");
      }
    }
  }
}
