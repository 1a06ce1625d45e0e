package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compiles one service for one liveness; called again when a verdict touches the service. */
public final class ServiceCompiler {
  private final EndpointNumbers endpoints;
  private final Turns turns;
  private final Surroundings surroundings;

  /** Where no site and no network is at a known place. */
  public ServiceCompiler(EndpointNumbers endpoints, Turns turns) {
    this(endpoints, turns, Map.of(), GeoData.NONE);
  }

  /**
   * One for each set of sites and files of networks; a change of those is a new compiler.
   *
   * @param sites locations by the site's name; a site at an unknown one is left out
   * @param geo where clients are
   */
  public ServiceCompiler(
      EndpointNumbers endpoints, Turns turns, Map<String, Location> sites, GeoData geo) {
    this.endpoints = endpoints;
    this.turns = turns;
    this.surroundings = new Surroundings(sites, geo);
  }

  /**
   * The steered RRsets of the types that the service has members of; those that can answer at this
   * liveness share the answers, exactly, from wherever the turns stand. A type without a member has
   * an RRset while the whole service is down and has a last resort for it.
   */
  public SteeredService compile(ServiceSpec service, Liveness liveness) {
    var a = family(service, RrType.A, liveness);
    var aaaa = family(service, RrType.AAAA, liveness);
    boolean down = !a.compiler.isUp() && !aaaa.compiler.isUp();
    var rrsets = new ArrayList<SteeredRrSet>(2);
    for (Family family : List.of(a, aaaa)) {
      if (!family.members.records().isEmpty() || (down && hasLastResort(service, family))) {
        // Records are read last: a last resort becomes one of them when the chooser is compiled.
        var chooser = family.compiler.compile();
        int type = family.members.type();
        rrsets.add(
            new SteeredRrSet(
                type,
                service.ttlSeconds(),
                family.members.records(),
                chooser,
                turns.of(service.name(), type)));
      }
    }
    return new SteeredService(service.name(), rrsets);
  }

  private record Family(FamilyMembers members, FamilyCompiler compiler) {}

  private Family family(ServiceSpec service, int type, Liveness liveness) {
    var members = new FamilyMembers(service, type, endpoints);
    var pickers = new PickerCompiler(service, type, turns, surroundings);
    return new Family(
        members, new FamilyCompiler(service, members, liveness, pickers, surroundings));
  }

  private static boolean hasLastResort(ServiceSpec service, Family family) {
    return switch (service.downResponse()) {
      case DownResponse.FallbackAddress(var ipv4, var ipv6) ->
          (family.members.type() == RrType.A ? ipv4 : ipv6) != null;
      case DownResponse.Cname _ -> true;
      case DownResponse.None _,
          DownResponse.NoData _,
          DownResponse.Servfail _,
          DownResponse.AllRecords _ ->
          false;
    };
  }
}
