package io.fairlead.server.migrate.gdnsd;

import io.fairlead.server.migrate.Notes;
import io.fairlead.server.migrate.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Maps of gdnsd's geoip as topologies, or as places of sites where they go by distance. */
final class Maps {
  private static final String DEFAULT = "default";

  private static final int COUNTRY_DEPTH = 1;
  private static final String REGION_KEY = "region: ";

  /** ISO 3166-2 without its country; whatever else is below a country is a city. */
  private static final Pattern REGION = Pattern.compile("[A-Z0-9]{1,3}");

  private final Vscf.Hash maps;
  private final Path folder;
  private final Notes notes;
  private final Map<String, List<String>> topologies = new LinkedHashMap<>();
  private final Map<String, List<String>> locations = new LinkedHashMap<>();
  private final Set<String> databases = new LinkedHashSet<>();

  /**
   * @param folder where files of geoip are
   */
  Maps(Vscf.Hash maps, Path folder, Notes notes) throws IOException {
    this.maps = maps;
    this.folder = folder;
    this.notes = notes;
    for (Map.Entry<String, Vscf> entry : maps.values().entrySet()) {
      if (entry.getValue() instanceof Vscf.Hash map) {
        read(entry.getKey(), map);
      }
    }
  }

  /** Rules by the name of a map; a map that goes by distance has none. */
  Map<String, List<String>> topologies() {
    return topologies;
  }

  /** Latitude and longitude by the name of a datacenter. */
  Map<String, List<String>> locations() {
    return locations;
  }

  Set<String> databases() {
    return databases;
  }

  boolean isByDistance(String map) {
    return maps.hash(map).values().containsKey("auto_dc_coords");
  }

  boolean ignoresSubnets(String map) {
    return maps.hash(map).isTrue("ignore_ecs");
  }

  private void read(String name, Vscf.Hash map) throws IOException {
    Path database = folder.resolve(map.text("geoip2_db", ""));
    if (map.values().containsKey("geoip2_db")) {
      databases.add(database.toAbsolutePath().normalize().toString());
      if (!Files.isRegularFile(database)) {
        notes.todo("geo.databases: %s is not there".formatted(database));
      }
    }
    if (isByDistance(name)) {
      byDistance(name, map);
      return;
    }
    List<String> rules = new ArrayList<>();
    for (Map.Entry<String, Vscf> net : nets(map).values().entrySet()) {
      rule(rules, "network: " + Yaml.quoted(net.getKey()), net.getValue().texts());
    }
    walk(rules, map.hash("map"), List.of());
    Vscf last = map.hash("map").get(DEFAULT);
    rule(rules, "", last == null ? map.texts("datacenters") : last.texts());
    topologies.put(name, rules);
  }

  private void byDistance(String name, Vscf.Hash map) {
    map.hash("auto_dc_coords")
        .values()
        .forEach(
            (datacenter, place) -> {
              List<String> before = locations.putIfAbsent(datacenter, place.texts());
              if (before != null && !before.equals(place.texts())) {
                notes.lost(
                    "map %s: %s has another place in another map; the first one counts"
                        .formatted(name, datacenter));
              }
            });
    if (!map.hash("map").values().isEmpty() || map.values().containsKey("nets")) {
      notes.lost(
          "map %s: it goes by distance, and what map and nets say beside that is left out; a CSV file of geo.databases can put networks elsewhere"
              .formatted(name));
    }
    notes.lost("map %s: auto_dc_limit, here all datacenters come in turn".formatted(name));
  }

  /** The more special network first, as the longest prefix wins there. */
  private Vscf.Hash nets(Vscf.Hash map) throws IOException {
    Vscf nets = map.get("nets");
    Vscf.Hash read =
        nets instanceof Vscf.Scalar(String file)
            ? VscfReader.read(folder.resolve(file))
            : map.hash("nets");
    var sorted = new LinkedHashMap<String, Vscf>();
    read.values().entrySet().stream()
        .sorted((a, b) -> Integer.compare(length(b.getKey()), length(a.getKey())))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return new Vscf.Hash(sorted);
  }

  private static int length(String network) {
    String bits = network.substring(network.indexOf('/') + 1);
    return bits.matches("[0-9]{1,3}") ? Integer.parseInt(bits) : 0;
  }

  /** What is deeper is more special and comes first. */
  private void walk(List<String> rules, Vscf.Hash places, List<String> above) {
    places
        .values()
        .forEach(
            (place, value) -> {
              if (place.equals(DEFAULT)) {
                return;
              }
              List<String> conditions = conditions(place, above);
              if (value instanceof Vscf.Hash below) {
                walk(rules, below, conditions);
                Vscf rest = below.get(DEFAULT);
                if (rest != null) {
                  rule(rules, String.join(", ", conditions), rest.texts());
                }
              } else {
                rule(rules, String.join(", ", conditions), value.texts());
              }
            });
  }

  private List<String> conditions(String place, List<String> above) {
    List<String> conditions = new ArrayList<>(above);
    if (above.isEmpty()) {
      conditions.add("continent: " + Yaml.quoted(place));
    } else if (above.size() == COUNTRY_DEPTH) {
      conditions.add("country: " + Yaml.quoted(place));
    } else if (!REGION.matcher(place).matches()) {
      conditions.add("city: " + Yaml.quoted(place));
    } else {
      if (conditions.removeIf(one -> one.startsWith(REGION_KEY))) {
        notes.lost(
            "region %s: of two regions in each other only the outer one is known".formatted(place));
      }
      conditions.add(REGION_KEY + Yaml.quoted(place));
    }
    return conditions;
  }

  private void rule(List<String> rules, String when, List<String> prefer) {
    if (prefer.isEmpty()) {
      notes.lost(
          "a map gives nothing to clients of { %s }; here they fall to the next rule"
              .formatted(when));
      return;
    }
    String sites = Yaml.list(prefer.stream().map(Yaml::label).distinct().toList());
    rules.add(
        "{ %sprefer: %s, strict: true }"
            .formatted(when.isEmpty() ? "" : "when: { " + when + " }, ", sites));
  }
}
