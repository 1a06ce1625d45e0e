package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.policy.spec.SiteSpec;
import java.net.InetAddress;
import java.util.List;

/** One of {@code sites}. */
final class SiteSection {
  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what members refer to");
  private static final Key<Section> LOCATION = LocationSection.key("unknown", "where it is");
  private static final Key<Boolean> ENABLED =
      Key.optional(
          "enabled", Numbers.TRUE_OR_FALSE, true, "false: none of its members is an answer");
  private static final Key<List<String>> MONITORS =
      Key.optional(
          "monitors",
          ListValue.any(Texts.LABEL),
          List.of(),
          "checks of the site itself: where one fails, all of its members are down");
  private static final Key<InetAddress> ADDRESS =
      Key.otherwise("address", Addresses.HOST, "it has no monitors", "where those probe");

  static final KeyTable KEYS = KeyTable.of("a site", NAME, LOCATION, ENABLED, MONITORS, ADDRESS);

  private SiteSection() {}

  static SiteSpec read(Section site, Declarations declared) {
    List<String> monitors = site.get(MONITORS);
    declared.monitors().referAll(site, MONITORS, monitors);
    if (!monitors.isEmpty() && !site.has(ADDRESS)) {
      site.error(MONITORS, "the monitors of a site need its address; allowed: address");
    }
    return new SiteSpec(
        declared.sites().declare(site, NAME),
        LocationSection.read(site, LOCATION),
        site.get(ENABLED),
        monitors,
        site.find(ADDRESS));
  }
}
