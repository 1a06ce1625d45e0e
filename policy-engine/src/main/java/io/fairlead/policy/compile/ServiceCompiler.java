package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredBinding;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.policy.choose.DoubtChooser;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.AnswerTypes;
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
   * an RRset while the whole service is down and has a last resort for it. Where a client may be
   * sent to another name, CNAME has one too: that name stands for all types (RFC 1034 section
   * 3.6.2).
   *
   * @param inDoubt whether a verdict about one of its members may soon be another
   */
  public SteeredService compile(ServiceSpec service, Liveness liveness, boolean inDoubt) {
    AnswerTypes types = service.types();
    List<SteeredRrSet> rrsets = addresses(service, liveness, inDoubt, false);
    if (types.server() != null) {
      rrsets.add(rrset(service, family(service, RrType.SRV, liveness, true), inDoubt));
    }
    return types.bindings().isEmpty()
        ? new SteeredService(service.name(), rrsets)
        : new SteeredService(service.name(), rrsets, bindings(service, liveness, inDoubt));
  }

  private List<SteeredBinding> bindings(ServiceSpec service, Liveness liveness, boolean inDoubt) {
    List<SteeredRrSet> hints = addresses(service, liveness, inDoubt, true);
    return hints.isEmpty()
        ? List.of()
        : service.types().bindings().stream()
            .map(told -> new SteeredBinding(told.type(), Bindings.head(told), hints, told.hints()))
            .toList();
  }

  /**
   * A and AAAA.
   *
   * @param everybody whether a client is given all whom it may get by turns
   */
  private List<SteeredRrSet> addresses(
      ServiceSpec service, Liveness liveness, boolean inDoubt, boolean everybody) {
    var families = new ArrayList<Family>(2);
    if (service.types().ipv4()) {
      families.add(family(service, RrType.A, liveness, everybody));
    }
    if (service.types().ipv6()) {
      families.add(family(service, RrType.AAAA, liveness, everybody));
    }
    boolean down = families.stream().noneMatch(family -> family.compiler.isUp());
    var rrsets = new ArrayList<SteeredRrSet>(3);
    for (Family family : families) {
      if (!family.members.records().isEmpty() || (down && hasLastResort(service, family))) {
        rrsets.add(rrset(service, family, inDoubt));
      }
    }
    if (!everybody && !families.isEmpty() && leadsElsewhere(service, down)) {
      rrsets.add(rrset(service, family(service, RrType.CNAME, liveness, false), inDoubt));
    }
    return rrsets;
  }

  private static boolean leadsElsewhere(ServiceSpec service, boolean down) {
    return service.pools().stream().anyMatch(pool -> !pool.names().isEmpty())
        || (down && service.downResponse() instanceof DownResponse.Cname);
  }

  private record Family(FamilyMembers members, Lanes lanes, FamilyCompiler compiler) {}

  private Family family(ServiceSpec service, int type, Liveness liveness, boolean everybody) {
    var members = new FamilyMembers(service, type, endpoints);
    var lanes = new Lanes(turns, service.name(), type, everybody ? "everybody " : "");
    var pickers = new PickerCompiler(service, lanes, surroundings, everybody);
    return new Family(
        members, lanes, new FamilyCompiler(service, members, liveness, pickers, surroundings));
  }

  private static SteeredRrSet rrset(ServiceSpec service, Family family, boolean inDoubt) {
    // Records are read last: a last resort becomes one of them when the chooser is compiled.
    Chooser answers = family.compiler.compile();
    Chooser chooser =
        inDoubt && service.doubtTtlSeconds() != ServiceSpec.SAME_TTL
            ? new DoubtChooser(answers, service.doubtTtlSeconds())
            : answers;
    return new SteeredRrSet(
        family.members.type(),
        service.ttlSeconds(),
        family.members.records(),
        chooser,
        family.lanes.main());
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
