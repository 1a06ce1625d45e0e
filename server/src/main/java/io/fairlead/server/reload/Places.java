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
public final class Places implements Watchable {
  private record Key(
      List<GeoDatabaseSpec> databases, Set<GeoAttribute> asked, List<Stamp> stamps) {}

  private Key loaded = new Key(List.of(), Set.of(), List.of());
  private GeoData data = GeoData.NONE;
  private volatile List<GeoDatabaseSpec> watched = List.of();
  private volatile List<Stamp> lastRead = List.of();
  private volatile String failure = "";

  /**
   * The places for a configuration; the same object while nothing has changed.
   *
   * @throws GeoFileException where a file cannot be used any more
   */
  public synchronized GeoData load(FairleadConfig config) throws GeoFileException {
    // Before the files are opened: a change while they are being read makes another stamp.
    var stamps = stamps(config.geoDatabases());
    watched = config.geoDatabases();
    lastRead = stamps;
    var key = new Key(config.geoDatabases(), config.geoAttributes(), stamps);
    if (!key.equals(loaded)) {
      data = read(key);
      loaded = key;
    }
    failure = "";
    return data;
  }

  private GeoData read(Key key) throws GeoFileException {
    try {
      return key.databases().isEmpty()
          ? GeoData.NONE
          : GeoLoader.load(key.databases(), key.asked());
    } catch (GeoFileException e) {
      failure = "places of clients: the files before go on: " + problem(e);
      throw e;
    }
  }

  private static List<Stamp> stamps(List<GeoDatabaseSpec> databases) {
    return databases.stream().map(each -> Stamp.of(each.path())).toList();
  }

  /** Of the files of the configuration that was loaded last. */
  @Override
  public Object stamp() {
    return stamps(watched);
  }

  @Override
  public Object lastRead() {
    return lastRead;
  }

  @Override
  public String name() {
    return "file of places";
  }

  /** Why the newest files are not what is served; empty while they are. */
  public String failure() {
    return failure;
  }

  /** The exception as the problem that it is. */
  public static Problem problem(GeoFileException e) {
    return new Problem(e.file().toString(), e.line(), 0, "", String.valueOf(e.getMessage()));
  }
}
