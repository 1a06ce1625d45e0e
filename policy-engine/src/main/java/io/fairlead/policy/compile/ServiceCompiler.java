package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;

/** Compiles one service for one liveness; called again when a verdict touches the service. */
public final class ServiceCompiler {
  private final EndpointNumbers endpoints;
  private final Turns turns;

  public ServiceCompiler(EndpointNumbers endpoints, Turns turns) {
    this.endpoints = endpoints;
    this.turns = turns;
  }

  /**
   * The steered RRsets of the address families that the service has members of; those that can
   * answer at this liveness share the answers, exactly, from wherever the turns stand.
   */
  public SteeredService compile(ServiceSpec service, Liveness liveness) {
    var rrsets = new ArrayList<SteeredRrSet>(2);
    compile(service, liveness, RrType.A, Address.IPV4, rrsets);
    compile(service, liveness, RrType.AAAA, Address.IPV6, rrsets);
    return new SteeredService(service.name(), rrsets);
  }

  private void compile(
      ServiceSpec service, Liveness liveness, int type, int family, List<SteeredRrSet> rrsets) {
    var members = FamilyMembers.of(service, type, family, endpoints);
    if (members.records().isEmpty()) {
      return;
    }
    rrsets.add(
        new SteeredRrSet(
            type,
            service.ttlSeconds(),
            members.records(),
            new FamilyCompiler(service, members, liveness).compile(),
            turns.of(service.name(), type)));
  }
}
