package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedService;
import io.fairlead.sync.merge.Merge;
import io.fairlead.sync.spec.SyncSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What clusters offer, as services of the policy engine: the seam between what sync-agent knows and
 * what policy-engine is told.
 *
 * @param notes what was left out, and why
 */
record ImportedServices(List<ServiceSpec> services, List<String> notes) {
  static ImportedServices of(FairleadConfig config, Collection<ClusterMembers> imports) {
    SyncSpec sync = config.sync();
    if (sync == null) {
      return new ImportedServices(List.of(), List.of());
    }
    var configured =
        sync.clusters().stream().map(cluster -> cluster.context()).collect(Collectors.toSet());
    var present =
        imports.stream()
            .filter(members -> configured.contains(members.cluster()))
            .sorted(Comparator.comparing(ClusterMembers::cluster))
            .toList();
    var taken = namesOf(config);
    var services = new ArrayList<ServiceSpec>();
    var notes = new ArrayList<String>();
    for (ImportedService imported : Merge.merge(sync, present)) {
      Name name = Name.parse(imported.host());
      if (config.zones().stream().noneMatch(zone -> name.isAtOrBelow(zone.apex()))) {
        notes.add(imported.host() + ": left out, it is in none of the zones");
      } else if (!taken.add(name)) {
        notes.add(imported.host() + ": left out, the file has a service of that name");
      } else {
        services.add(service(name, imported));
      }
    }
    return refuseWhatZonesRefuse(config, services, notes);
  }

  private static Set<Name> namesOf(FairleadConfig config) {
    var names = new HashSet<Name>();
    for (var service : config.services()) {
      names.add(service.name());
      names.addAll(service.aliases());
    }
    return names;
  }

  private static ServiceSpec service(Name name, ImportedService imported) {
    var byPriority =
        imported.members().stream()
            .collect(
                Collectors.groupingBy(
                    ImportedService.Member::priority, TreeMap::new, Collectors.toList()));
    var pools = new ArrayList<PoolSpec>();
    byPriority
        .descendingMap()
        .forEach(
            (priority, members) ->
                pools.add(
                    new PoolSpec(
                        "priority-" + priority,
                        priority,
                        new Algorithm.RoundRobin(),
                        true,
                        members.stream().map(ImportedServices::member).toList())));
    return new ServiceSpec(
        name,
        List.of(),
        Math.toIntExact(imported.ttl().toSeconds()),
        1,
        List.of(),
        new DownResponse.AllRecords(),
        pools);
  }

  private static MemberSpec member(ImportedService.Member member) {
    var origin =
        member.origins().stream()
            .map(ImportedMember.Origin::toString)
            .collect(Collectors.joining(", "));
    return new MemberSpec(member.site(), member.address(), member.weight(), true, null, 0, origin);
  }

  /**
   * An object of a cluster must not be able to stop a reload: a name that no zone can hold is left
   * out, and said.
   */
  private static ImportedServices refuseWhatZonesRefuse(
      FairleadConfig config, List<ServiceSpec> services, List<String> notes) {
    var names = namesOf(config);
    services.forEach(service -> names.add(service.name()));
    var refused = new HashSet<Name>();
    for (var problem : ZoneCompiler.check(config.zones(), names)) {
      if (problem.service() != null) {
        refused.add(problem.service());
        notes.add(problem.service() + ": left out, " + problem.text());
      }
    }
    return new ImportedServices(
        services.stream().filter(service -> !refused.contains(service.name())).toList(),
        List.copyOf(notes));
  }
}
