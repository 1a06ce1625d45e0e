package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.SiteSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * What every service stands on: where sites are, and where clients are. Another ground compiles all
 * services anew.
 *
 * @param sites by the site's name; a site at an unknown place is left out
 * @param geo compared by identity: loaded again is another one
 */
record Ground(Map<String, Location> sites, GeoData geo) {
  static Ground of(FairleadConfig config, GeoData geo) {
    var sites = new HashMap<String, Location>();
    for (SiteSpec site : config.sites()) {
      if (site.location() != null) {
        sites.put(site.name(), site.location());
      }
    }
    return new Ground(Map.copyOf(sites), geo);
  }

  boolean isSameAs(Ground other) {
    return geo == other.geo && sites.equals(other.sites);
  }
}
