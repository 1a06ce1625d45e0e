package io.fairlead.policy.geo;

import io.fairlead.policy.spec.Location;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What the files say about a network; what they do not say is null, empty or 0.
 *
 * @param continent two letters, as AS
 * @param country ISO 3166-1, as DE
 * @param region ISO 3166-2 without the country, as ENG
 * @param city the English name
 * @param asn number of the autonomous system
 * @param tag a word of the operator's own
 */
public record Place(
    @Nullable Location location,
    String continent,
    String country,
    String region,
    String city,
    long asn,
    String tag) {
  public static final Place UNKNOWN = new Place(null, "", "", "", "", 0, "");

  /** Whether it says where, and not only whose. */
  private boolean isSomewhere() {
    return location != null
        || !(continent.isEmpty() && country.isEmpty() && region.isEmpty() && city.isEmpty());
  }

  /** What this says, and what another says that this does not: where, whose, and the tag. */
  Place over(Place other) {
    Place where = isSomewhere() ? this : other;
    return new Place(
        where.location,
        where.continent,
        where.country,
        where.region,
        where.city,
        asn != 0 ? asn : other.asn,
        !tag.isEmpty() ? tag : other.tag);
  }

  /** For people: "Oslo, 03, NO, EU, AS64500, office". */
  public String text() {
    var parts = new ArrayList<String>();
    for (String part : new String[] {city, region, country, continent}) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    if (asn != 0) {
      parts.add("AS" + asn);
    }
    if (!tag.isEmpty()) {
      parts.add("tag " + tag);
    }
    if (parts.isEmpty()) {
      return location == null
          ? "no known place"
          : location.latitude() + ", " + location.longitude();
    }
    return String.join(", ", parts);
  }
}
