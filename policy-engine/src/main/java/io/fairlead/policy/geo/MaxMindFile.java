package io.fairlead.policy.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import com.maxmind.db.Reader;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A database in MaxMind's format: City, Country, ASN and those that look like them. */
public final class MaxMindFile {
  private MaxMindFile() {}

  /**
   * Its networks, which never overlap. The file is read whole and then closed.
   *
   * @param index the number of a place
   */
  static List<AddressTable.Entry> read(Path path, ToIntFunction<Place> index)
      throws GeoFileException {
    try (var reader = new Reader(path.toFile(), Reader.FileMode.MEMORY, new CHMCache())) {
      var entries = new ArrayList<AddressTable.Entry>();
      var networks = reader.networks(Row.class);
      while (networks.hasNext()) {
        DatabaseRecord<Row> found = networks.next();
        var network = found.network();
        entries.add(
            new AddressTable.Entry(
                new Network(network.networkAddress(), network.prefixLength()),
                index.applyAsInt(found.data().place())));
      }
      return entries;
    } catch (IOException | InvalidNetworkException | RuntimeException e) {
      // A damaged file comes out of the reader as any unchecked exception.
      throw new GeoFileException(
          path, GeoFileException.WHOLE_FILE, "no usable MaxMind database: " + e.getMessage(), e);
    }
  }

  /** What of a network's record is read; the reader fills it, whatever else the file has. */
  public record Row(
      @MaxMindDbParameter(name = "continent") @Nullable Coded continent,
      @MaxMindDbParameter(name = "country") @Nullable Coded country,
      @MaxMindDbParameter(name = "subdivisions") @Nullable List<Coded> subdivisions,
      @MaxMindDbParameter(name = "city") @Nullable Named city,
      @MaxMindDbParameter(name = "location") @Nullable Point location,
      @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Long asn) {
    @MaxMindDbConstructor
    public Row {}

    Place place() {
      return new Place(
          location == null ? null : location.location(),
          continent == null ? "" : continent.text(),
          country == null ? "" : country.text(),
          subdivisions == null || subdivisions.isEmpty() ? "" : subdivisions.getFirst().text(),
          city == null || city.names() == null ? "" : city.names().getOrDefault("en", ""),
          asn == null ? 0 : asn,
          "");
    }
  }

  /** Something with a code of its kind: continents have one name for it, the rest another. */
  public record Coded(
      @MaxMindDbParameter(name = "code") @Nullable String code,
      @MaxMindDbParameter(name = "iso_code") @Nullable String isoCode) {
    @MaxMindDbConstructor
    public Coded {}

    String text() {
      return isoCode != null ? isoCode : code != null ? code : "";
    }
  }

  /** Something with names by language. */
  public record Named(@MaxMindDbParameter(name = "names") @Nullable Map<String, String> names) {
    @MaxMindDbConstructor
    public Named {}
  }

  /** Degrees. */
  public record Point(
      @MaxMindDbParameter(name = "latitude") @Nullable Double latitude,
      @MaxMindDbParameter(name = "longitude") @Nullable Double longitude) {
    @MaxMindDbConstructor
    public Point {}

    @Nullable Location location() {
      return latitude == null || longitude == null ? null : new Location(latitude, longitude);
    }
  }
}
