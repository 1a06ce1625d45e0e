package io.fairlead.policy.compile;

import io.fairlead.policy.geo.AddressTable;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.Place;
import io.fairlead.policy.spec.Network;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.policy.spec.TopologySpec.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A topology as one table: each address's first matching rule. */
final class TopologyRules {
  private TopologyRules() {}

  /**
   * Lays the rules over each other from the last to the first; networks that differ in what no rule
   * asks become one, so that a scope is as wide as the decision holds.
   *
   * @return the number of a rule, from 0; the number of rules where none matches
   */
  static AddressTable compile(TopologySpec topology, GeoData geo) {
    int none = topology.rules().size();
    var table = AddressTable.constant(none);
    for (int i = none - 1; i >= 0; i--) {
      int rule = i;
      table =
          table.overlay(
              matches(topology.rules().get(i).when(), geo),
              (below, matches) -> matches == 1 ? rule : below);
    }
    return table;
  }

  /** 1 for the addresses that pass all conditions, else 0. */
  private static AddressTable matches(When when, GeoData geo) {
    var table = AddressTable.constant(1);
    if (!when.clientGroups().isEmpty()) {
      List<Network> networks = new ArrayList<>();
      when.clientGroups().forEach(group -> networks.addAll(group.networks()));
      table = both(table, AddressTable.membership(networks));
    }
    if (!when.networks().isEmpty()) {
      table = both(table, AddressTable.membership(when.networks()));
    }
    if (asksForPlace(when)) {
      table = both(table, geo.table().map(place -> passes(when, geo.place(place)) ? 1 : 0));
    }
    return table;
  }

  private static AddressTable both(AddressTable a, AddressTable b) {
    return a.overlay(b, (x, y) -> x & y);
  }

  private static boolean asksForPlace(When when) {
    return !(when.continents().isEmpty()
        && when.countries().isEmpty()
        && when.regions().isEmpty()
        && when.cities().isEmpty()
        && when.asns().isEmpty()
        && when.tags().isEmpty());
  }

  private static boolean passes(When when, Place place) {
    return has(when.continents(), place.continent())
        && has(when.countries(), place.country())
        && (has(when.regions(), place.region())
            || has(when.regions(), place.country() + "-" + place.region()))
        && has(when.cities(), place.city())
        && (when.asns().isEmpty() || when.asns().contains(place.asn()))
        && has(when.tags(), place.tag());
  }

  private static boolean has(Set<String> values, String value) {
    return values.isEmpty() || values.stream().anyMatch(value::equalsIgnoreCase);
  }
}
