package io.fairlead.policy.geo;

import io.fairlead.policy.spec.Location;
import java.util.Set;

/** What a configuration may ask about a place; what it does not ask is not kept. */
public enum GeoAttribute {
  LOCATION,
  CONTINENT,
  COUNTRY,
  REGION,
  CITY,
  ASN,
  TAG;

  public static final Set<GeoAttribute> ALL = Set.of(values());

  /** The place without what is not asked: networks that then are alike become one. */
  static Place keep(Place place, Set<GeoAttribute> asked) {
    Location location = asked.contains(LOCATION) ? place.location() : null;
    return new Place(
        location,
        asked.contains(CONTINENT) ? place.continent() : "",
        // A region's number means nothing without its country.
        asked.contains(COUNTRY) || asked.contains(REGION) ? place.country() : "",
        asked.contains(REGION) ? place.region() : "",
        asked.contains(CITY) ? place.city() : "",
        asked.contains(ASN) ? place.asn() : 0,
        asked.contains(TAG) ? place.tag() : "");
  }
}
