package io.fairlead.server.migrate.gdnsd;

import io.fairlead.server.migrate.Notes;
import io.fairlead.server.migrate.gdnsd.Group.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/** Resources of gdnsd's plugins as groups of members. */
final class Resources {
  /** How deep resources name one another; deeper, one names itself. */
  private static final int MAX_DEPTH = 8;

  private static final Set<String> SETTINGS =
      Set.of("service_types", "up_thresh", "multi", "ignore_health", "plugin", "skip_first");

  private static final List<String> FAMILIES = List.of("addrs_v4", "addrs_v6");

  private final Vscf.Hash plugins;
  private final Notes notes;
  private final Set<String> used = new LinkedHashSet<>();

  Resources(Vscf.Hash plugins, Notes notes) {
    this.plugins = plugins;
    this.notes = notes;
  }

  /**
   * What a record of type DYNA or DYNC names.
   *
   * @param reference such as {@code weighted!www}
   * @throws IllegalArgumentException says why there is nothing of the kind here
   */
  List<Group> groups(String reference) {
    int mark = reference.indexOf('!');
    return mark < 0
        ? groups(reference, "", 0)
        : groups(reference.substring(0, mark), reference.substring(mark + 1), 0);
  }

  /** Resources that no name asked for. */
  List<String> unused() {
    List<String> left = new ArrayList<>();
    plugins
        .values()
        .forEach(
            (plugin, config) -> {
              Vscf.Hash hash = config instanceof Vscf.Hash own ? own : Vscf.Hash.EMPTY;
              Vscf.Hash resources = isMeta(plugin) ? hash.hash("resources") : hash;
              resources.values().keySet().stream()
                  .filter(name -> !SETTINGS.contains(name) && !isMonitoring(plugin))
                  .map(name -> plugin + "!" + name)
                  .filter(name -> !used.contains(name))
                  .forEach(left::add);
            });
    return left;
  }

  private static boolean isMeta(String plugin) {
    return plugin.equals("metafo") || plugin.equals("geoip");
  }

  private static boolean isMonitoring(String plugin) {
    return Set.of("extmon", "extfile", "http_status", "tcp_connect").contains(plugin);
  }

  private List<Group> groups(String plugin, String name, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(plugin + "!" + name + " names itself");
    }
    Vscf.Hash config = plugins.hash(plugin);
    return switch (plugin) {
      case "static" -> {
        used.add("static!" + name);
        yield List.of(plain(name, List.of(found(config.text(name, ""), plugin, name))));
      }
      case "simplefo", "multifo", "weighted" -> {
        Vscf resource = config.get(name);
        if (resource == null) {
          throw new IllegalArgumentException(plugin + "!" + name + " is not in the configuration");
        }
        used.add(plugin + "!" + name);
        yield leaf(plugin, name, resource, List.of(config));
      }
      case "metafo", "geoip" -> meta(plugin, config, name, depth);
      case "null" ->
          throw new IllegalArgumentException("null answers 0.0.0.0 and ::, no address of a host");
      case "reflect" ->
          throw new IllegalArgumentException(
              "reflect answers with the client's address; use explain");
      default -> throw new IllegalArgumentException("the plugin " + plugin + " is not known");
    };
  }

  private static String found(String target, String plugin, String name) {
    if (target.isEmpty()) {
      throw new IllegalArgumentException(plugin + "!" + name + " is not in the configuration");
    }
    return target;
  }

  /** Addresses without labels, all of them in each answer and none of them checked. */
  private static Group plain(String label, List<String> targets) {
    return new Group(
        label, true, "", targets.stream().map(to -> candidate(label, to, 1)).toList(), List.of());
  }

  private static Candidate candidate(String site, String target, int weight) {
    boolean isName = !target.matches("[0-9.]+") && !target.contains(":");
    return new Candidate(site, target, isName, weight);
  }

  /**
   * @param inherited where settings are that the resource does not say, the nearest in front
   */
  private List<Group> leaf(String plugin, String name, Vscf resource, List<Vscf.Hash> inherited) {
    List<Group> groups = new ArrayList<>();
    if (resource instanceof Vscf.Hash hash
        && FAMILIES.stream().anyMatch(hash.values()::containsKey)) {
      List<Vscf.Hash> outer = Stream.concat(Stream.of(hash), inherited.stream()).toList();
      for (String family : FAMILIES) {
        Vscf stanza = hash.get(family);
        if (stanza != null) {
          join(groups, family(plugin, name, stanza, outer));
        }
      }
    } else {
      groups.addAll(family(plugin, name, resource, inherited));
    }
    return groups;
  }

  /** Both families of one resource are one pool: each is answered by itself anyway. */
  private void join(List<Group> groups, List<Group> family) {
    for (int i = 0; i < family.size(); i++) {
      if (i == groups.size()) {
        groups.add(family.get(i));
        continue;
      }
      Group before = groups.get(i);
      Group other = family.get(i);
      if (!before.serviceTypes().equals(other.serviceTypes())) {
        notes.lost(
            before.label()
                + ": IPv4 and IPv6 have their own service_types; here all members pass those of"
                + " both");
      }
      groups.set(
          i,
          new Group(
              before.label(),
              before.all() || other.all(),
              before.map(),
              Stream.concat(before.members().stream(), other.members().stream()).toList(),
              Stream.concat(before.serviceTypes().stream(), other.serviceTypes().stream())
                  .distinct()
                  .toList()));
    }
  }

  private List<Group> family(String plugin, String name, Vscf stanza, List<Vscf.Hash> inherited) {
    if (!(stanza instanceof Vscf.Hash hash)) {
      List<String> types = setting("service_types", inherited);
      return List.of(
          new Group(name, true, "", plain(name, stanza.texts()).members(), watched(types)));
    }
    List<Vscf.Hash> scope = Stream.concat(Stream.of(hash), inherited.stream()).toList();
    List<String> types = watched(setting("service_types", scope));
    String threshold = single(setting("up_thresh", scope), "0.5");
    return switch (plugin) {
      case "simplefo" ->
          Stream.of("primary", "secondary")
              .map(
                  role ->
                      new Group(
                          role,
                          true,
                          "",
                          List.of(candidate(role, found(hash.text(role, ""), plugin, name), 1)),
                          types))
              .toList();
      case "multifo" -> {
        noteThreshold(threshold, types);
        boolean ignored = single(setting("ignore_health", scope), "false").equals("true");
        if (ignored) {
          notes.lost(
              "multifo!" + name + ": ignore_health, here its members are not checked at all");
        }
        List<Candidate> members = new ArrayList<>();
        entries(hash)
            .forEach(
                (label, value) ->
                    value.texts().forEach(to -> members.add(candidate(label, to, 1))));
        yield List.of(new Group(name, true, "", members, ignored ? List.of() : types));
      }
      default -> {
        noteThreshold(threshold, types);
        yield List.of(
            weighted(name, hash, single(setting("multi", scope), "false").equals("true"), types));
      }
    };
  }

  private void noteThreshold(String threshold, List<String> types) {
    if (!types.isEmpty()) {
      notes.lost(
          "up_thresh %s: here a group has failed when its last member is down; minMembersUp of a"
                  .formatted(threshold)
              + " service says otherwise");
    }
  }

  private Group weighted(String name, Vscf.Hash hash, boolean multi, List<String> types) {
    List<Candidate> members = new ArrayList<>();
    boolean grouped = false;
    for (Map.Entry<String, Vscf> entry : entries(hash).entrySet()) {
      if (entry.getValue() instanceof Vscf.Hash group) {
        grouped = true;
        group.values().forEach((label, value) -> members.add(weighed(entry.getKey(), value)));
      } else {
        members.add(weighed(entry.getKey(), entry.getValue()));
      }
    }
    if (grouped) {
      notes.lost(
          "weighted!"
              + name
              + ": addresses of one group are not answered together; each answer has one");
    } else if (multi) {
      notes.lost(
          "weighted!"
              + name
              + ": with multi an answer has all members that are up, whatever they weigh");
    }
    return new Group(name, multi && !grouped, "", members, types);
  }

  private static Candidate weighed(String site, Vscf value) {
    List<String> texts = value.texts();
    if (texts.size() != 2 || !texts.get(1).matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("weighted: " + site + " is not [ address, weight ]");
    }
    return candidate(site, texts.getFirst(), Integer.parseInt(texts.get(1)));
  }

  private static SequencedMap<String, Vscf> entries(Vscf.Hash hash) {
    SequencedMap<String, Vscf> entries = new LinkedHashMap<>(hash.values());
    entries.keySet().removeAll(SETTINGS);
    return entries;
  }

  private List<Group> meta(String plugin, Vscf.Hash config, String name, int depth) {
    int slash = name.indexOf('/');
    String plainName = slash < 0 ? name : name.substring(0, slash);
    if (!(config.hash("resources").get(plainName) instanceof Vscf.Hash resource)) {
      throw new IllegalArgumentException(plugin + "!" + name + " is not in the configuration");
    }
    used.add(plugin + "!" + plainName);
    Vscf.Hash datacenters = resource.hash("dcmap");
    List<Vscf.Hash> scope = List.of(resource, config);
    if (slash >= 0) {
      String only = name.substring(slash + 1);
      return datacenter(plugin, plainName, only, datacenters, scope, depth);
    }
    if (plugin.equals("geoip")) {
      return List.of(mapped(plainName, resource, datacenters, scope, depth));
    }
    List<Group> groups = new ArrayList<>();
    List<String> order = resource.texts("datacenters");
    boolean skips = resource.isTrue("skip_first");
    for (String datacenter : skips ? order.subList(1, order.size()) : order) {
      groups.addAll(datacenter(plugin, plainName, datacenter, datacenters, scope, depth));
    }
    return groups;
  }

  private List<Group> datacenter(
      String plugin,
      String resource,
      String name,
      Vscf.Hash all,
      List<Vscf.Hash> scope,
      int depth) {
    Vscf value = all.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s!%s: the dcmap has no %s".formatted(plugin, resource, name));
    }
    String inner = single(setting("plugin", scope), "multifo");
    List<Group> groups = new ArrayList<>();
    if (value instanceof Vscf.Scalar(String text) && text.matches("[%!].*")) {
      int mark = text.indexOf('!');
      String named = text.startsWith("%") ? text.substring(1, mark) : inner;
      groups.addAll(groups(named, text.substring(mark + 1), depth + 1));
    } else if (value instanceof Vscf.Hash hash) {
      groups.addAll(leaf(hash.text("plugin", inner), name, hash, scope));
    } else if (value.texts().size() == 1 && candidate(name, value.texts().getFirst(), 1).isName()) {
      groups.add(plain(name, value.texts()));
    } else {
      groups.addAll(leaf("multifo", name, value, scope));
    }
    List<Group> placed = new ArrayList<>();
    for (Group group : groups) {
      String label = groups.size() == 1 ? name : name + "-" + group.label();
      List<Candidate> members =
          group.map().isEmpty()
              ? group.members().stream().map(member -> member.at(name)).toList()
              : group.members();
      placed.add(new Group(label, group.all(), group.map(), members, group.serviceTypes()));
    }
    return placed;
  }

  /** All datacenters in one group: the map says which of them a client gets. */
  private Group mapped(
      String name, Vscf.Hash resource, Vscf.Hash datacenters, List<Vscf.Hash> scope, int depth) {
    List<Candidate> members = new ArrayList<>();
    Set<String> types = new LinkedHashSet<>();
    for (String datacenter : datacenters.values().keySet()) {
      List<Group> groups = datacenter("geoip", name, datacenter, datacenters, scope, depth);
      if (groups.size() > 1) {
        notes.lost(
            "geoip!%s: what fails over inside of %s shares there instead"
                .formatted(name, datacenter));
      }
      for (Group group : groups) {
        if (group.all() && group.width() > 1) {
          notes.lost(
              "geoip!%s: an answer has one address of %s, in turn, not all"
                  .formatted(name, datacenter));
        }
        members.addAll(group.members().stream().map(member -> member.at(datacenter)).toList());
        types.addAll(group.serviceTypes());
      }
    }
    return new Group(name, false, resource.text("map", ""), members, List.copyOf(types));
  }

  private static List<String> setting(String key, List<Vscf.Hash> scope) {
    return scope.stream()
        .filter(hash -> hash.values().containsKey(key))
        .findFirst()
        .map(hash -> hash.texts(key))
        .orElse(List.of());
  }

  private static String single(List<String> values, String otherwise) {
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  /** {@code up} is no check. */
  private static List<String> watched(List<String> types) {
    return types.stream().filter(type -> !type.equals("up")).toList();
  }
}
