package io.fairlead.config.file;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.policy.spec.SiteSpec;

/** One of {@code sites}. */
final class SiteSection {
  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what members refer to");
  private static final Key<Section> LOCATION = LocationSection.key("unknown", "where it is");
  private static final Key<Boolean> ENABLED =
      Key.optional(
          "enabled", Numbers.TRUE_OR_FALSE, true, "false: none of its members is an answer");

  static final KeyTable KEYS =
      KeyTable.of("a site", NAME, LOCATION, ENABLED).later("monitors", "checks of the site itself");

  private SiteSection() {}

  static SiteSpec read(Section site, Declared sites) {
    return new SiteSpec(
        sites.declare(site, NAME), LocationSection.read(site, LOCATION), site.get(ENABLED));
  }
}
