package io.fairlead.config.file;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.policy.spec.Location;
import org.jspecify.annotations.Nullable;

/** {@code location} of a site, a pool or a member. */
final class LocationSection {
  private static final Key<Double> LATITUDE =
      Key.required("latitude", Numbers.decimal(-90, 90), "degrees, north positive");
  private static final Key<Double> LONGITUDE =
      Key.required("longitude", Numbers.decimal(-180, 180), "degrees, east positive");

  private static final KeyTable KEYS = KeyTable.of("a location", LATITUDE, LONGITUDE);

  private LocationSection() {}

  static Key<Section> key(String otherwise, String meaning) {
    return Key.otherwise("location", new SectionValue(KEYS), otherwise, meaning);
  }

  static @Nullable Location read(Section section, Key<Section> key) {
    Section location = section.find(key);
    return location == null ? null : new Location(location.get(LATITUDE), location.get(LONGITUDE));
  }
}
