package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedService;
import io.fairlead.sync.merge.Merge;
import io.fairlead.sync.spec.SyncSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What clusters offer, as services of the policy engine: the seam between what sync-agent knows and
 * what policy-engine is told.
 *
 * @param monitors those of the file and those that came with the objects, by name
 * @param notes what was left out, and why
 */
record ImportedServices(
    List<ServiceSpec> services, Map<String, MonitorSpec> monitors, List<String> notes) {
  static ImportedServices of(FairleadConfig config, Collection<ClusterMembers> imports) {
    SyncSpec sync = config.sync();
    var monitors = new ImportedMonitors(config.monitors(), imports);
    if (sync == null) {
      return new ImportedServices(List.of(), monitors.known(), List.of());
    }
    var configured =
        sync.clusters().stream().map(cluster -> cluster.context()).collect(Collectors.toSet());
    var present =
        imports.stream()
            .filter(members -> configured.contains(members.cluster()))
            .sorted(Comparator.comparing(ClusterMembers::cluster))
            .toList();
    var taken = namesOf(config.services());
    var services = new ArrayList<ServiceSpec>();
    var notes = new ArrayList<String>();
    var mapping = new ImportedMapping(config.imported(), notes);
    for (ImportedService imported : Merge.merge(sync, present)) {
      Name name = Name.parse(imported.host());
      String problem = problem(name, config, taken);
      if (problem == null) {
        taken.add(name);
        List<Name> aliases = aliases(imported, config, taken, notes);
        services.add(mapping.service(name, aliases, imported, monitors.of(imported)));
      } else {
        notes.add(imported.host() + ": left out, " + problem);
      }
    }
    notes.addAll(monitors.notes());
    return new ImportedServices(
        refuseWhatZonesRefuse(config, services, notes), monitors.known(), List.copyOf(notes));
  }

  private static List<Name> aliases(
      ImportedService imported, FairleadConfig config, Set<Name> taken, List<String> notes) {
    var aliases = new ArrayList<Name>();
    for (String alias : imported.aliases()) {
      Name name = Name.parse(alias);
      String problem = problem(name, config, taken);
      if (problem == null) {
        taken.add(name);
        aliases.add(name);
      } else {
        notes.add("%s: its alias %s is left out, %s".formatted(imported.host(), alias, problem));
      }
    }
    return aliases;
  }

  private static @Nullable String problem(Name name, FairleadConfig config, Set<Name> taken) {
    if (config.zones().stream().noneMatch(zone -> name.isAtOrBelow(zone.apex()))) {
      return "it is in none of the zones";
    }
    return taken.contains(name) ? "another service has that name" : null;
  }

  private static Set<Name> namesOf(List<ServiceSpec> services) {
    var names = new HashSet<Name>();
    for (var service : services) {
      names.add(service.name());
      names.addAll(service.aliases());
    }
    return names;
  }

  /**
   * An object of a cluster must not be able to stop a reload: a name that no zone can hold is left
   * out, and said.
   */
  private static List<ServiceSpec> refuseWhatZonesRefuse(
      FairleadConfig config, List<ServiceSpec> services, List<String> notes) {
    var names = namesOf(config.services());
    names.addAll(namesOf(services));
    Map<Name, String> refused =
        ZoneCompiler.check(config.zones(), names).stream()
            .filter(problem -> problem.service() != null)
            .collect(
                Collectors.toMap(
                    problem -> problem.service(), problem -> problem.text(), (a, _) -> a));
    refused.forEach((name, text) -> notes.add(name + ": left out, " + text));
    return services.stream()
        .filter(service -> !refused.containsKey(service.name()))
        .map(service -> ImportedMapping.without(refused.keySet(), service))
        .toList();
  }
}
