package io.fairlead.server.migrate.gdnsd;

import io.fairlead.server.migrate.Notes;
import io.fairlead.server.migrate.Yaml;
import io.fairlead.server.migrate.gdnsd.Group.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A configuration that answers as gdnsd's does, with comments: what cannot be carried over stands
 * in words at its head.
 */
public final class GdnsdImport {
  private static final int MAX_WEIGHT = 1000;
  private static final int FIRST_PRIORITY = 100;

  private final Notes notes = new Notes();
  private final StringBuilder file = new StringBuilder();
  private final Set<String> sites = new LinkedHashSet<>();
  private final List<String> services = new ArrayList<>();
  private final Vscf.Hash config;
  private final Names names;
  private final Maps maps;
  private final ServiceTypes types;
  private final Resources resources;

  private GdnsdImport(Vscf.Hash config, Path folder) throws IOException {
    this.config = config;
    names = new Names(folder.resolve("zones"), config.hash("options"), notes);
    maps =
        new Maps(config.hash("plugins").hash("geoip").hash("maps"), folder.resolve("geoip"), notes);
    types = new ServiceTypes(config.hash("service_types"), notes);
    resources = new Resources(config.hash("plugins"), notes);
  }

  /**
   * The whole file.
   *
   * @param path gdnsd's folder, or the file {@code config} in it
   * @throws IOException where a file cannot be read
   * @throws IllegalArgumentException says where a file is not gdnsd's
   */
  public static String of(Path path) throws IOException {
    boolean isFolder = Files.isDirectory(path);
    Path config = isFolder ? path.resolve("config") : path;
    Path folder = isFolder ? path : path.toAbsolutePath().getParent();
    // Without a configuration gdnsd serves its zones.
    Vscf.Hash read = isFolder && !Files.exists(config) ? Vscf.Hash.EMPTY : VscfReader.read(config);
    Set<String> unknown = new LinkedHashSet<>(read.values().keySet());
    unknown.removeAll(Set.of("options", "service_types", "plugins"));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          config + " is no configuration of gdnsd: it has the key " + unknown.iterator().next());
    }
    return new GdnsdImport(read, folder == null ? Path.of(".") : folder).text();
  }

  private String text() {
    names.asked().forEach(this::service);
    resources.unused().forEach(name -> notes.lost(name + " is named by no zone, and left out"));
    String options = new Options(config.hash("options"), notes).text();
    file.append(options);
    geo();
    zones();
    sites();
    topologies();
    list("monitors", types.lines());
    list("services", services);
    return "# Made of a configuration of gdnsd.\n" + notes.comments() + "version: 1\n" + file;
  }

  private void geo() {
    boolean subnets =
        !config.hash("options").text("edns_client_subnet", "true").equalsIgnoreCase("false");
    if (!maps.databases().isEmpty() || !subnets) {
      file.append("geo:\n");
      if (!subnets) {
        file.append("  clientSubnet: false\n");
      }
      if (!maps.databases().isEmpty()) {
        file.append("  databases:\n");
        int priority = 10;
        for (String path : maps.databases()) {
          file.append(
              "    - { path: %s, priority: %d }\n".formatted(Yaml.quoted(path), priority++));
        }
      }
    }
  }

  private void zones() {
    file.append("zones:\n");
    names
        .zones()
        .forEach(
            (zone, lines) -> {
              file.append("  - name: %s\n    records: |\n".formatted(Yaml.quoted(zone)));
              lines.forEach(
                  line -> file.append("      ").append(Yaml.printable(line)).append('\n'));
            });
  }

  private void sites() {
    maps.topologies().keySet().forEach(map -> sites.addAll(datacenters(map)));
    sites.addAll(maps.locations().keySet());
    List<String> lines = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String site : sites) {
      List<String> place = maps.locations().get(site);
      if (seen.add(Yaml.label(site))) {
        lines.add(
            "{ name: %s%s }"
                .formatted(
                    Yaml.quoted(Yaml.label(site)),
                    place == null || place.size() != 2
                        ? ""
                        : ", location: { latitude: %s, longitude: %s }"
                            .formatted(place.getFirst(), place.getLast())));
      }
    }
    list("sites", lines);
  }

  private List<String> datacenters(String map) {
    return config.hash("plugins").hash("geoip").hash("maps").hash(map).texts("datacenters");
  }

  private void topologies() {
    if (!maps.topologies().isEmpty()) {
      file.append("topologies:\n");
      maps.topologies()
          .forEach(
              (map, rules) -> {
                file.append("  - name: %s\n    rules:\n".formatted(Yaml.quoted(Yaml.label(map))));
                rules.forEach(rule -> file.append("      - ").append(rule).append('\n'));
              });
    }
  }

  private void service(Names.Asked asked, List<String> owners) {
    String what = "%s (%s)".formatted(asked.reference(), owners.getFirst());
    List<Group> groups;
    try {
      groups = new ArrayList<>(resources.groups(asked.reference()));
    } catch (IllegalArgumentException e) {
      notes.lost(what + ": " + e.getMessage());
      return;
    }
    String down = downResponse(groups, what);
    var text = new StringBuilder("name: " + Yaml.quoted(owners.getFirst()) + "\n");
    key(text, owners.size() > 1, "aliases: " + Yaml.list(owners.subList(1, owners.size())));
    key(text, true, "ttl: %ds".formatted(asked.ttl()));
    key(text, answersAll(groups, what), "answers: 0");
    List<String> monitors = monitors(groups, what);
    key(text, !monitors.isEmpty(), "monitors: " + Yaml.list(monitors));
    key(
        text,
        groups.stream().anyMatch(group -> maps.ignoresSubnets(group.map())),
        "clientSubnet: false");
    key(text, !down.isEmpty(), "downResponse: " + down);
    text.append("    pools:");
    int priority = FIRST_PRIORITY;
    for (Map.Entry<String, Group> pool : pools(groups).entrySet()) {
      text.append(pool(pool.getKey(), pool.getValue(), priority));
      priority = Math.max(1, priority - 1);
    }
    services.add(text.toString());
  }

  private static void key(StringBuilder text, boolean stands, String line) {
    if (stands) {
      text.append("    ").append(line).append('\n');
    }
  }

  /** Pools by names that each stand once. */
  private static Map<String, Group> pools(List<Group> groups) {
    Map<String, Group> pools = new LinkedHashMap<>();
    for (Group group : groups) {
      String label = Yaml.label(group.label());
      String unique = label;
      for (int i = 2; pools.containsKey(unique); i++) {
        unique = label + "-" + i;
      }
      pools.put(unique, group);
    }
    return pools;
  }

  private String pool(String name, Group group, int priority) {
    String algorithm =
        group.map().isEmpty()
            ? ""
            : maps.isByDistance(group.map())
                ? "        algorithm: geo\n"
                : "        algorithm: topology\n        topology: %s\n"
                    .formatted(Yaml.quoted(Yaml.label(group.map())));
    var text = new StringBuilder("\n      - name: " + Yaml.quoted(name) + "\n");
    text.append("        priority: %d\n%s        members:".formatted(priority, algorithm));
    int heaviest = group.members().stream().mapToInt(Candidate::weight).max().orElse(1);
    if (heaviest > MAX_WEIGHT) {
      notes.lost("%s: weights are scaled down to 1 to %d".formatted(group.label(), MAX_WEIGHT));
    }
    boolean never = types.isAlwaysDown(group.serviceTypes());
    for (Candidate member : group.members()) {
      sites.add(member.site());
      int weight =
          heaviest > MAX_WEIGHT
              ? (int) Math.max(1, (long) member.weight() * MAX_WEIGHT / heaviest)
              : Math.max(1, member.weight());
      text.append(
          "\n          - { site: %s, %s: %s%s%s }"
              .formatted(
                  Yaml.quoted(Yaml.label(member.site())),
                  member.isName() ? "hostname" : "address",
                  Yaml.quoted(member.target().replaceFirst("\\.$", "")),
                  weight == 1 ? "" : ", weight: " + weight,
                  never || member.weight() == 0 ? ", enabled: false" : ""));
    }
    return text.toString();
  }

  /**
   * What gdnsd answers with every member down, as near as it can be said; groups lose what it says.
   */
  private String downResponse(List<Group> groups, String what) {
    for (int i = 0; i < groups.size() - 1; i++) {
      if (groups.get(i).hasNames() && groups.get(i).serviceTypes().isEmpty()) {
        notes.lost(what + ": nothing behind " + groups.get(i).label() + " is ever reached");
        groups.subList(i + 1, groups.size()).clear();
      }
    }
    Group last = groups.getLast();
    if (groups.size() > 1 && last.serviceTypes().isEmpty() && last.width() == 1) {
      Candidate only = last.members().getFirst();
      if (only.isName()) {
        groups.removeLast();
        return "{ type: cname, target: %s }".formatted(Yaml.quoted(only.target()));
      }
      groups.removeLast();
      return fallback(last);
    }
    boolean watched = groups.stream().anyMatch(group -> !group.serviceTypes().isEmpty());
    Group first = groups.getFirst();
    if (groups.size() > 1 && first.width() == 1 && !first.hasNames()) {
      return fallback(first);
    }
    if (watched
        && (groups.size() > 1 || !first.map().isEmpty() || (!first.all() && first.width() > 1))) {
      notes.lost(
          what
              + ": with every member down all of them are answered, not only those that are"
              + " preferred");
    }
    return "";
  }

  private static String fallback(Group group) {
    List<String> families = new ArrayList<>();
    for (Candidate member : group.members()) {
      families.add((member.isIpv6() ? "ipv6: " : "ipv4: ") + Yaml.quoted(member.target()));
    }
    return "{ type: fallback-address, %s }".formatted(String.join(", ", families));
  }

  private boolean answersAll(List<Group> groups, String what) {
    List<Group> wide = groups.stream().filter(group -> group.width() > 1).toList();
    boolean all = !wide.isEmpty() && wide.stream().allMatch(Group::all);
    if (!all && wide.stream().anyMatch(Group::all)) {
      notes.lost(
          what
              + ": some of its groups are answered whole and some by one address; here each answer"
              + " has one");
    }
    return all;
  }

  private List<String> monitors(List<Group> groups, String what) {
    Set<String> all = new LinkedHashSet<>();
    groups.forEach(group -> all.addAll(group.serviceTypes()));
    if (groups.stream().anyMatch(group -> !group.serviceTypes().containsAll(all))) {
      notes.lost(
          what + ": its groups have service_types of their own; here all members pass all of them");
    }
    return types.monitorsOf(List.copyOf(all));
  }

  private void list(String key, List<String> items) {
    if (!items.isEmpty()) {
      file.append(key).append(":\n");
      items.forEach(item -> file.append("  - ").append(item).append('\n'));
    }
  }
}
