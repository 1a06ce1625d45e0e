package io.fairlead.sync.merge;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All clusters' members become services: one per host, one member per destination. Pure: the same
 * sets give the same services, in whatever order the clusters came.
 */
public final class Merge {
  private Merge() {}

  /**
   * The services of all hosts.
   *
   * @param imported at most one set of each cluster; sets of clusters that the spec does not name
   *     are left out
   * @return sorted by host; hosts that cannot be a global name are left out (their objects say why)
   */
  public static List<ImportedService> merge(SyncSpec spec, Collection<ClusterMembers> imported) {
    return merge(spec, imported, _ -> true);
  }

  /**
   * The services of some hosts, each as it is among all of them but for its aliases: who takes an
   * alias first is known only where all are looked at.
   *
   * @param hosts lower case, without the last dot
   */
  public static List<ImportedService> merge(
      SyncSpec spec, Collection<ClusterMembers> imported, Set<String> hosts) {
    return merge(spec, imported, hosts::contains);
  }

  private static List<ImportedService> merge(
      SyncSpec spec, Collection<ClusterMembers> imported, Predicate<String> meant) {
    Map<String, Integer> rank = rankOfClusters(spec);
    AmkoPolicy amko = spec.amko() == null ? null : amko(spec.amko(), imported);
    List<ImportedMember> members =
        imported.stream()
            .filter(set -> rank.containsKey(set.cluster()))
            // A policy that has changed counts at once, whenever the sets by it come.
            .filter(set -> amko == null || amko.matchClusters().contains(set.cluster()))
            .flatMap(set -> set.members().stream())
            .filter(member -> meant.test(HostNames.normal(member.host())))
            .sorted(
                Comparator.comparing(ImportedMember::backend, ImportedMember.Backend.AGE)
                    .thenComparing(m -> rank.getOrDefault(m.cluster(), 0))
                    .thenComparing(ImportedMember::origin))
            .toList();
    Map<String, Map<Destination, List<ImportedMember>>> byHost = byHostAndDestination(members);
    boolean unknown = spec.amko() != null && amko == null;
    var rules =
        new ServiceRules(
            spec.policy(),
            unknown ? AmkoPolicy.NOTHING : amko,
            GlobalRules.of(spec.global(), imported));
    rules.hostsOfThirdParty(meant).forEach(host -> byHost.putIfAbsent(host, new TreeMap<>()));
    Set<String> names = new HashSet<>(byHost.keySet());
    List<ImportedService> services = new ArrayList<>(byHost.size());
    byHost.forEach(
        (host, byDestination) -> services.add(service(host, byDestination, rules, names)));
    return services;
  }

  /** Owners first: the oldest objects, then those of the cluster that the file names first. */
  private static Map<String, Map<Destination, List<ImportedMember>>> byHostAndDestination(
      List<ImportedMember> members) {
    Map<String, Map<Destination, List<ImportedMember>>> byHost = new TreeMap<>();
    for (ImportedMember member : members) {
      String host = HostNames.normal(member.host());
      if (HostNames.problem(host) == null) {
        byHost
            .computeIfAbsent(host, _ -> new TreeMap<>())
            .computeIfAbsent(member.destination(), _ -> new ArrayList<>())
            .add(member);
      }
    }
    return byHost;
  }

  private static ImportedService service(
      String host,
      Map<Destination, List<ImportedMember>> byDestination,
      ServiceRules rules,
      Set<String> names) {
    List<ImportedService.Member> members = new ArrayList<>();
    List<ImportedMember> all = new ArrayList<>();
    for (List<ImportedMember> same : byDestination.values()) {
      members.add(member(same, rules));
      all.addAll(same);
    }
    rules.thirdParty(host).stream()
        .filter(member -> !byDestination.containsKey(member.destination()))
        .forEach(members::add);
    // A name that another service has already is not taken from it: the first keeps it.
    List<String> aliases =
        Stream.concat(
                rules.aliases(host).stream(),
                all.stream().flatMap(m -> m.backend().aliases().stream()))
            .sorted()
            .filter(names::add)
            .toList();
    return new ImportedService(
        host,
        rules.ttl(host),
        rules.algorithm(host).name(),
        members,
        aliases,
        rules.algorithm(host),
        rules.downResponse(host),
        rules.monitoring(host, all.stream().map(m -> m.backend().check()).toList()),
        rules.options(host));
  }

  private static ImportedService.Member member(List<ImportedMember> same, ServiceRules rules) {
    ImportedMember owner = same.getFirst();
    String host = HostNames.normal(owner.host());
    var origins = new TreeSet<ImportedMember.Origin>();
    same.forEach(m -> origins.add(m.origin()));
    String ownHost = owner.backend().host();
    return new ImportedService.Member(
        owner.site(),
        owner.destination(),
        rules.weight(host, owner.cluster()),
        rules.priority(host, owner.cluster()),
        List.copyOf(origins),
        rules.publicAddress(host, owner.cluster()),
        ownHost.equals(host) ? null : ownHost,
        rules.provenance(host, owner.cluster()));
  }

  private static Map<String, Integer> rankOfClusters(SyncSpec spec) {
    Map<String, Integer> rank = new TreeMap<>();
    spec.clusters().forEach(cluster -> rank.putIfAbsent(cluster.context(), rank.size()));
    return rank;
  }

  /** Null while nobody has heard of the leader's objects. */
  private static @Nullable AmkoPolicy amko(AmkoSpec spec, Collection<ClusterMembers> imported) {
    return imported.stream()
        .filter(set -> set.cluster().equals(spec.leader()))
        .map(ClusterMembers::amko)
        .filter(policy -> policy != null)
        .findFirst()
        .orElse(null);
  }
}
