package io.fairlead.policy.geo;

import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.Network;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Networks of the operator's own, a line each: {@code
 * network,latitude,longitude,continent,country,region,city,asn,tag}. The first line names the
 * columns; any but the network may be left out. Fields may be quoted (RFC 4180); empty lines and
 * those that start with {@code #} are passed over.
 */
final class CsvFile {
  private static final List<String> COLUMNS =
      List.of(
          "network",
          "latitude",
          "longitude",
          "continent",
          "country",
          "region",
          "city",
          "asn",
          "tag");

  private final Path path;
  private final Map<Network, Integer> lines = new HashMap<>();
  private int number;

  private CsvFile(Path path) {
    this.path = path;
  }

  /**
   * The networks in the order of the file.
   *
   * @param index the number of a place
   */
  static List<AddressTable.Entry> read(Path path, ToIntFunction<Place> index)
      throws GeoFileException {
    return new CsvFile(path).read(index);
  }

  private List<AddressTable.Entry> read(ToIntFunction<Place> index) throws GeoFileException {
    List<String> columns = null;
    var entries = new ArrayList<AddressTable.Entry>();
    for (String line : lines()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (columns == null) {
        columns = header(fields(line));
      } else {
        entries.add(entry(columns, fields(line), index));
      }
    }
    if (columns == null) {
      throw problem("no line names the columns; allowed are " + String.join(",", COLUMNS));
    }
    return entries;
  }

  private List<String> lines() throws GeoFileException {
    try {
      return Files.readAllLines(path);
    } catch (CharacterCodingException e) {
      throw new GeoFileException(path, GeoFileException.WHOLE_FILE, "not UTF-8 text", e);
    } catch (IOException e) {
      throw new GeoFileException(path, GeoFileException.WHOLE_FILE, "cannot be read: " + e, e);
    }
  }

  private List<String> header(List<String> names) throws GeoFileException {
    for (String name : names) {
      if (!COLUMNS.contains(name)) {
        throw problem("no such column: " + name + "; allowed are " + String.join(",", COLUMNS));
      }
    }
    if (!names.contains("network")) {
      throw problem("the column network is missing");
    }
    return names;
  }

  private AddressTable.Entry entry(
      List<String> columns, List<String> fields, ToIntFunction<Place> index)
      throws GeoFileException {
    if (fields.size() != columns.size()) {
      throw problem(fields.size() + " fields, but " + columns.size() + " columns are named");
    }
    var row = new HashMap<String, String>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), fields.get(i));
    }
    try {
      var network = Network.parse(row.getOrDefault("network", ""));
      Integer earlier = lines.put(network, number);
      if (earlier != null) {
        throw problem("the network " + network + " stands in line " + earlier + " already");
      }
      return new AddressTable.Entry(network, index.applyAsInt(place(row)));
    } catch (IllegalArgumentException e) {
      throw new GeoFileException(path, number, String.valueOf(e.getMessage()), e);
    }
  }

  private Place place(Map<String, String> row) throws GeoFileException {
    String latitude = row.getOrDefault("latitude", "");
    String longitude = row.getOrDefault("longitude", "");
    if (latitude.isEmpty() != longitude.isEmpty()) {
      throw problem("latitude and longitude go together; give both or none");
    }
    Location location =
        latitude.isEmpty()
            ? null
            : new Location(number("latitude", latitude), number("longitude", longitude));
    String asn = row.getOrDefault("asn", "");
    return new Place(
        location,
        row.getOrDefault("continent", ""),
        row.getOrDefault("country", ""),
        row.getOrDefault("region", ""),
        row.getOrDefault("city", ""),
        asn.isEmpty() ? 0 : (long) number("asn", asn),
        row.getOrDefault("tag", ""));
  }

  private double number(String column, String text) throws GeoFileException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new GeoFileException(path, number, column + " is no number: \"" + text + "\"", e);
    }
  }

  private List<String> fields(String line) throws GeoFileException {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(line.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw problem("a quote is opened and not closed");
    }
    fields.add(field.toString().strip());
    return fields;
  }

  private GeoFileException problem(String text) {
    return new GeoFileException(path, number, text);
  }
}
