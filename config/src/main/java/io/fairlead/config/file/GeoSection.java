package io.fairlead.config.file;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.policy.geo.GeoLoader;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code geo}. */
final class GeoSection {
  private static final Key<Path> PATH =
      Key.required(
          "path",
          Texts.PATH,
          "a file in MaxMind's format, or CSV where its name ends in .csv; relative to this file's"
              + " folder");
  private static final Key<Integer> PRIORITY =
      Key.optional(
          "priority",
          Numbers.between(1, 100),
          GeoDatabaseSpec.DEFAULT_PRIORITY,
          "where two know an address, the higher one is believed");

  private static final KeyTable DATABASE_KEYS = KeyTable.of("a database", PATH, PRIORITY);

  private static final Key<List<Section>> DATABASES =
      Key.optional(
          "databases",
          ConfigSection.sections(DATABASE_KEYS, 0),
          List.of(),
          "files of networks and where they are");
  private static final Key<Boolean> CLIENT_SUBNET =
      Key.optional(
          "clientSubnet",
          Numbers.TRUE_OR_FALSE,
          true,
          "whether the client subnet of a query counts, for services that do not say");

  static final KeyTable KEYS = KeyTable.of("geo", DATABASES, CLIENT_SUBNET);

  private final List<Section> databases;
  private final List<GeoDatabaseSpec> specs = new ArrayList<>();
  private final boolean placesClients;
  private final boolean clientSubnet;

  GeoSection(Section geo, LoadContext context) {
    databases = geo.get(DATABASES);
    placesClients = !databases.isEmpty() || !geo.isSound(DATABASES);
    clientSubnet = geo.get(CLIENT_SUBNET);
    Map<Integer, Integer> lines = new HashMap<>();
    for (Section database : databases) {
      int priority = database.get(PRIORITY);
      Integer earlier = lines.putIfAbsent(priority, database.spot(PRIORITY).line());
      if (earlier != null && database.isSound(PRIORITY)) {
        database.error(
            PRIORITY,
            "the database of line %d has priority %d already; say which of them is believed"
                .formatted(earlier, priority));
      }
      specs.add(new GeoDatabaseSpec(context.resolve(database.get(PATH)), priority));
    }
  }

  List<GeoDatabaseSpec> specs() {
    return specs;
  }

  /** Whether something says where clients are, or was meant to. */
  boolean placesClients() {
    return placesClients;
  }

  boolean clientSubnet() {
    return clientSubnet;
  }

  /**
   * Loads each as the server will, and forgets it: a damaged one is told of before it is needed.
   *
   * @return whether one of them knows numbers of autonomous systems, or could not be asked
   */
  boolean check(Set<GeoAttribute> asked) {
    boolean knowsAsns = false;
    for (int i = 0; i < specs.size(); i++) {
      Section database = databases.get(i);
      knowsAsns |= !database.isSound(PATH) || check(database, specs.get(i), asked);
    }
    return knowsAsns;
  }

  private static boolean check(Section section, GeoDatabaseSpec database, Set<GeoAttribute> asked) {
    Path path = database.path();
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      section.error(
          PATH,
          path.toAbsolutePath()
              + (Files.exists(path)
                  ? " is no file that this user may read"
                  : " does not exist; a path is relative to this file's folder"));
      return true;
    }
    try {
      return GeoLoader.load(List.of(database), asked).knowsAsns();
    } catch (GeoFileException e) {
      String line = e.line() == GeoFileException.WHOLE_FILE ? "" : ":" + e.line();
      section.error(PATH, e.file().toAbsolutePath() + line + ": " + e.getMessage());
      return true;
    }
  }
}
