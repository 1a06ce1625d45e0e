package io.fairlead.server.where;

import java.util.Map;

/**
 * Where the clients of one service go: for each group the share of each site.
 *
 * @param everyone clients all over the address space
 * @param countries by ISO 3166-1; empty where no place of a client is known
 */
public record Destinations(
    Map<String, Double> everyone, Map<String, Map<String, Double>> countries) {
  public Destinations {
    everyone = Map.copyOf(everyone);
    countries = Map.copyOf(countries);
  }
}
