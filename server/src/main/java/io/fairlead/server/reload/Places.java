package io.fairlead.server.reload;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.policy.geo.GeoLoader;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import java.util.List;
import java.util.Set;

/**
 * Where clients are, as the configuration's databases say it; loaded again only when one of them
 * has changed.
 */
public final class Places {
  private record Key(
      List<GeoDatabaseSpec> databases, Set<GeoAttribute> asked, List<Stamp> stamps) {}

  private Key loaded = new Key(List.of(), Set.of(), List.of());
  private GeoData data = GeoData.NONE;

  /**
   * The places for a configuration; the same object while nothing has changed.
   *
   * @throws GeoFileException where a file cannot be used any more
   */
  public synchronized GeoData load(FairleadConfig config) throws GeoFileException {
    var stamps = config.geoDatabases().stream().map(each -> Stamp.of(each.path())).toList();
    var key = new Key(config.geoDatabases(), config.geoAttributes(), stamps);
    if (!key.equals(loaded)) {
      data =
          config.geoDatabases().isEmpty()
              ? GeoData.NONE
              : GeoLoader.load(key.databases(), key.asked());
      loaded = key;
    }
    return data;
  }

  /** The exception as the problem that it is. */
  public static Problem problem(GeoFileException e) {
    return new Problem(e.file().toString(), e.line(), 0, "", String.valueOf(e.getMessage()));
  }
}
