package io.fairlead.policy.compile;

import io.fairlead.policy.choose.Schedule;
import io.fairlead.policy.geo.AddressTable;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolMember;
import io.fairlead.policy.spec.TopologySpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What services are compiled against, and what is worked out once for all of them. */
final class Surroundings {
  /** Tables remembered; a configuration has a handful. */
  private static final int MEMORY = 256;

  private final Map<String, Location> sites;
  private final GeoData geo;
  private final HashWinners hashWinners = new HashWinners();
  private final Remembered<TopologySpec, AddressTable> topologies = new Remembered<>(MEMORY);
  private final Remembered<ClientGroup, AddressTable> groups = new Remembered<>(MEMORY);

  /**
   * Many services have the same weights: one table for all of them stays in the cache of the cores.
   */
  private final Remembered<List<Integer>, Schedule> schedules = new Remembered<>(MEMORY);

  Surroundings(Map<String, Location> sites, GeoData geo) {
    this.sites = Map.copyOf(sites);
    this.geo = geo;
  }

  GeoData geo() {
    return geo;
  }

  HashWinners hashWinners() {
    return hashWinners;
  }

  Schedule scheduleOf(List<Integer> weights) {
    return schedules.of(
        weights, told -> Schedules.of(told.stream().mapToInt(Integer::intValue).toArray()));
  }

  AddressTable rulesOf(TopologySpec topology) {
    return topologies.of(topology, told -> TopologyRules.compile(told, geo));
  }

  AddressTable membershipOf(ClientGroup group) {
    return groups.of(group, told -> AddressTable.membership(told.networks()));
  }

  /** The member's own location, else its site's, else where the files say that its address is. */
  @Nullable Location locationOf(PoolMember member) {
    if (member.location() != null) {
      return member.location();
    }
    Location site = sites.get(member.site());
    if (site != null) {
      return site;
    }
    return switch (member) {
      case MemberSpec vip ->
          geo.locationOf(vip.publicAddress() != null ? vip.publicAddress() : vip.address());
      case NameMemberSpec _ -> null;
    };
  }
}
