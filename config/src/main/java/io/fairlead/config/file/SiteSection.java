package io.fairlead.config.file;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.SiteSpec;
import org.jspecify.annotations.Nullable;

/** One of {@code sites}. */
final class SiteSection {
  private static final Key<Double> LATITUDE =
      Key.required("latitude", Numbers.decimal(-90, 90), "degrees, north positive");
  private static final Key<Double> LONGITUDE =
      Key.required("longitude", Numbers.decimal(-180, 180), "degrees, east positive");

  private static final KeyTable LOCATION_KEYS = KeyTable.of("a location", LATITUDE, LONGITUDE);

  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what members refer to");
  private static final Key<Section> LOCATION =
      Key.otherwise("location", new SectionValue(LOCATION_KEYS), "unknown", "where it is");
  private static final Key<Boolean> ENABLED =
      Key.optional(
          "enabled", Numbers.TRUE_OR_FALSE, true, "false: none of its members is an answer");

  static final KeyTable KEYS =
      KeyTable.of("a site", NAME, LOCATION, ENABLED).later("monitors", "checks of the site itself");

  private SiteSection() {}

  static SiteSpec read(Section site, Declared sites) {
    return new SiteSpec(sites.declare(site, NAME), location(site), site.get(ENABLED));
  }

  private static @Nullable Location location(Section site) {
    Section location = site.find(LOCATION);
    return location == null ? null : new Location(location.get(LATITUDE), location.get(LONGITUDE));
  }
}
