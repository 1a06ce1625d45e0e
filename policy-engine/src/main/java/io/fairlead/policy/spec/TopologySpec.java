package io.fairlead.policy.spec;

import java.util.List;
import java.util.Set;

/**
 * Ordered rules that say which sites a client is sent to; the first that matches wins.
 *
 * @param rules where none matches, no site is preferred
 */
public record TopologySpec(String name, List<Rule> rules) {
  public TopologySpec {
    rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param prefer sites in order; one without a member that can answer is passed over
   * @param strict true = these sites or the down response; false = the other sites come after them
   */
  public record Rule(When when, List<String> prefer, boolean strict) {
    public Rule {
      prefer = List.copyOf(prefer);
    }
  }

  /**
   * Which clients a rule is for: those that pass every condition; an empty one passes all, another
   * those that have one of its values.
   *
   * @param continents two letters, as AS
   * @param countries ISO 3166-1, as DE
   * @param regions ISO 3166-2, with or without the country: GB-ENG or ENG
   * @param cities English names; letter case does not matter in any of these
   * @param asns numbers of autonomous systems
   * @param tags of networks in CSV files
   */
  public record When(
      List<ClientGroup> clientGroups,
      List<Network> networks,
      Set<String> continents,
      Set<String> countries,
      Set<String> regions,
      Set<String> cities,
      Set<Long> asns,
      Set<String> tags) {
    /** Passes every client. */
    public static final When ALWAYS =
        new When(List.of(), List.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public When {
      clientGroups = List.copyOf(clientGroups);
      networks = List.copyOf(networks);
      continents = Set.copyOf(continents);
      countries = Set.copyOf(countries);
      regions = Set.copyOf(regions);
      cities = Set.copyOf(cities);
      asns = Set.copyOf(asns);
      tags = Set.copyOf(tags);
    }
  }
}
