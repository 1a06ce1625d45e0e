package io.fairlead.policy.spec;

/**
 * A point on the globe.
 *
 * @param latitude degrees, -90 to 90, north positive
 * @param longitude degrees, -180 to 180, east positive
 */
public record Location(double latitude, double longitude) {
  public Location {
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException("a latitude of " + latitude + " is outside -90 to 90");
    }
    if (!(longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException("a longitude of " + longitude + " is outside -180 to 180");
    }
  }
}
