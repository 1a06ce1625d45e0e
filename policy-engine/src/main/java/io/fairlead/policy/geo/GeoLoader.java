package io.fairlead.policy.geo;

import io.fairlead.policy.spec.GeoDatabaseSpec;
import io.fairlead.policy.spec.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads files of networks and lays them over each other. */
public final class GeoLoader {
  /**
   * Private and special-purpose networks (IANA's registries, RFC 6890). A public database that says
   * where they are is mistaken; a CSV file of the operator's is not.
   */
  private static final List<Network> SPECIAL_PURPOSE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001:db8::/32",
              "3fff::/20",
              "fc00::/7",
              "fe80::/10",
              "ff00::/8")
          .map(Network::parse)
          .toList();

  private final Set<GeoAttribute> asked;
  private final List<Place> places = new ArrayList<>(List.of(Place.UNKNOWN));
  private final Map<Place, Integer> indexes = new HashMap<>(Map.of(Place.UNKNOWN, 0));

  private GeoLoader(Set<GeoAttribute> asked) {
    this.asked = asked;
  }

  /**
   * All files, the higher priority over the lower, and of equal ones the first over the next.
   *
   * @param asked what the configuration asks about places
   * @throws GeoFileException for the first file that cannot be used
   */
  public static GeoData load(List<GeoDatabaseSpec> databases, Set<GeoAttribute> asked)
      throws GeoFileException {
    var loader = new GeoLoader(asked);
    var table = AddressTable.constant(0);
    var order =
        databases.stream()
            .sorted(Comparator.comparingInt(GeoDatabaseSpec::priority).reversed())
            .toList();
    for (GeoDatabaseSpec database : order) {
      table = table.overlay(loader.read(database.path()), loader::over);
    }
    return new GeoData(table, loader.places);
  }

  private AddressTable read(Path path) throws GeoFileException {
    if (path.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return AddressTable.of(CsvFile.read(path, this::index), 0);
    }
    return AddressTable.of(MaxMindFile.read(path, this::index), 0)
        .overlay(
            AddressTable.membership(SPECIAL_PURPOSE), (place, special) -> special == 1 ? 0 : place);
  }

  private int index(Place place) {
    return indexes.computeIfAbsent(
        GeoAttribute.keep(place, asked),
        kept -> {
          places.add(kept);
          return places.size() - 1;
        });
  }

  private int over(int higher, int lower) {
    if (lower == 0 || higher == lower) {
      return higher;
    }
    return higher == 0 ? lower : index(places.get(higher).over(places.get(lower)));
  }
}
