package io.fairlead.server.migrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A master file of BIND as a configuration: names with several addresses, which BIND hands out in
 * rotation, become services, so that those that fail can leave the answers; all else stays static.
 */
public final class BindZoneImport {
  private static final Set<String> SIGNING =
      Set.of("RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "DNSKEY", "CDS", "CDNSKEY", "TYPE65534");

  private static final String DEFAULT_TTL = "300";

  /** The addresses of one name, in the order of the file. */
  private record Addresses(String ttl, List<String> all) {}

  private final Notes notes = new Notes();
  private final List<String> records = new ArrayList<>();
  private final Map<String, Addresses> services = new LinkedHashMap<>();
  private final String apex;

  private BindZoneImport(List<ZoneText.Entry> entries, String apex) {
    this.apex = apex;
    Map<String, Addresses> addresses = addresses(entries);
    addresses.forEach(
        (name, found) -> {
          if (found.all().size() > 1 && !name.equals(apex)) {
            services.put(name, found);
          }
        });
    entries.forEach(this::keep);
  }

  /**
   * The whole file.
   *
   * @param zone the apex; empty = as the file has it, or its name does
   * @throws IOException where the file cannot be read
   * @throws IllegalArgumentException says where it is no master file of one zone
   */
  public static String of(Path file, String zone) throws IOException {
    String guess = (zone.isEmpty() ? named(file) : zone).replaceFirst("\\.?$", ".");
    List<ZoneText.Entry> entries = ZoneText.read(file, guess);
    String apex =
        entries.stream()
            .filter(entry -> entry.type().equals("SOA"))
            .map(ZoneText.Entry::owner)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(file + " has no SOA, so it is no whole zone"));
    if (!zone.isEmpty() && !apex.equalsIgnoreCase(guess)) {
      throw new IllegalArgumentException(file + " is the zone " + apex + ", not " + guess);
    }
    return new BindZoneImport(ZoneText.read(file, apex), apex).text();
  }

  /** As BIND's files are called: db.example.com, example.com.zone, example.com. */
  private static String named(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.replaceFirst("^db\\.", "").replaceFirst("\\.(zone|db|hosts|txt)$", "");
  }

  private static Map<String, Addresses> addresses(List<ZoneText.Entry> entries) {
    Map<String, Addresses> found = new LinkedHashMap<>();
    Set<String> blocked = new TreeSet<>();
    String ttl = DEFAULT_TTL;
    for (ZoneText.Entry entry : entries) {
      if (entry.type().equals("$TTL")) {
        ttl = entry.data().getFirst();
      } else if (isAddress(entry)) {
        String own = entry.ttl().isEmpty() ? ttl : entry.ttl();
        found
            .computeIfAbsent(key(entry.owner()), _ -> new Addresses(own, new ArrayList<>()))
            .all()
            .add(entry.data().getFirst());
      } else if (entry.type().equals("NS") || entry.type().equals("SOA")) {
        // A name server's addresses are glue, or reach us before any service does.
        blocked.addAll(entry.data().stream().limit(1).map(BindZoneImport::key).toList());
      }
    }
    found.keySet().removeIf(name -> blocked.stream().anyMatch(server -> isName(server, name)));
    return found;
  }

  /** Whether the name of a server, in full or not, is this one. */
  private static boolean isName(String server, String name) {
    return server.equals(name) || (!server.endsWith(".") && name.startsWith(server + "."));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean isAddress(ZoneText.Entry entry) {
    return (entry.type().equals("A") || entry.type().equals("AAAA")) && !entry.data().isEmpty();
  }

  private void keep(ZoneText.Entry entry) {
    if (SIGNING.contains(entry.type())) {
      notes.lost(
          entry.type() + " records: signatures are not added to answers, the zone is unsigned");
    } else if (!isAddress(entry) || !services.containsKey(key(entry.owner()))) {
      records.add(entry.line());
    }
  }

  private String text() {
    var file = new StringBuilder("version: 1\nzones:\n");
    file.append("  - name: %s\n    records: |\n".formatted(Yaml.quoted(withoutDot(apex))));
    records.forEach(line -> file.append("      ").append(Yaml.printable(line)).append('\n'));
    int sites = services.values().stream().mapToInt(one -> one.all().size()).max().orElse(0);
    if (sites > 0) {
      notes.todo("sites: site-1 and so on stand for the places of the addresses; name them");
      notes.todo("monitors: there are none, so every member is taken as up; say what to check");
      file.append("sites:\n");
      for (int i = 1; i <= sites; i++) {
        file.append("  - { name: site-%d }\n".formatted(i));
      }
      file.append("services:\n");
      services.forEach((name, addresses) -> file.append(service(name, addresses)));
    }
    return "# Made of the zone " + withoutDot(apex) + ".\n" + notes.comments() + file;
  }

  private static String service(String name, Addresses addresses) {
    var text = new StringBuilder("  - name: " + Yaml.quoted(withoutDot(name)) + "\n");
    text.append("    ttl: %ds\n".formatted(Ttl.seconds(addresses.ttl())));
    text.append("    answers: 0\n    pools:\n      - name: main\n        members:\n");
    int site = 1;
    for (String address : addresses.all()) {
      text.append(
          "          - { site: site-%d, address: %s }\n".formatted(site++, Yaml.quoted(address)));
    }
    return text.toString();
  }

  private static String withoutDot(String name) {
    return name.equals(".") ? name : name.substring(0, name.length() - 1);
  }
}
