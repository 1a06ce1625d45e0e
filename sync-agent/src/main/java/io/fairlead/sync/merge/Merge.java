package io.fairlead.sync.merge;

import static java.util.stream.Collectors.toMap;

import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import io.fairlead.sync.spec.SyncSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All clusters' members become services: one per host, one member per address. Pure: the same sets
 * give the same services, in whatever order the clusters came.
 */
public final class Merge {
  private static final Comparator<InetAddress> BY_ADDRESS =
      Comparator.<InetAddress>comparingInt(a -> a.getAddress().length)
          .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

  private Merge() {}

  /**
   * The services of all hosts.
   *
   * @param imported at most one set of each cluster; sets of clusters that the spec does not name
   *     are left out
   * @return sorted by host; hosts that cannot be a global name are left out (their objects say why)
   */
  public static List<ImportedService> merge(SyncSpec spec, Collection<ClusterMembers> imported) {
    Map<String, Integer> rank = rankOfClusters(spec);
    Map<String, Map<InetAddress, List<ImportedMember>>> byHost = new TreeMap<>();
    for (ClusterMembers set : imported) {
      if (!rank.containsKey(set.cluster())) {
        continue;
      }
      for (ImportedMember member : set.members()) {
        String host = HostNames.normal(member.host());
        if (HostNames.problem(host) == null) {
          byHost
              .computeIfAbsent(host, _ -> new TreeMap<>(BY_ADDRESS))
              .computeIfAbsent(member.address(), _ -> new ArrayList<>())
              .add(member);
        }
      }
    }
    Map<String, TrafficSplit> split = splitByCluster(spec.policy());
    List<ImportedService> services = new ArrayList<>(byHost.size());
    byHost.forEach(
        (host, byAddress) ->
            services.add(
                new ImportedService(
                    host,
                    spec.policy().ttl(),
                    spec.policy().algorithm(),
                    byAddress.values().stream().map(same -> member(same, rank, split)).toList())));
    return services;
  }

  /** Offers of one address; the cluster named first in the file says its site and its share. */
  private static ImportedService.Member member(
      List<ImportedMember> same, Map<String, Integer> rank, Map<String, TrafficSplit> split) {
    ImportedMember owner =
        same.stream()
            .min(
                Comparator.comparing((ImportedMember m) -> rank.get(m.cluster()))
                    .thenComparing(ImportedMember::origin))
            .orElseThrow();
    TrafficSplit share =
        split.getOrDefault(
            owner.cluster(),
            new TrafficSplit(
                owner.cluster(), TrafficSplit.DEFAULT_WEIGHT, TrafficSplit.DEFAULT_PRIORITY));
    var origins = new TreeSet<ImportedMember.Origin>();
    same.forEach(m -> origins.add(m.origin()));
    return new ImportedService.Member(
        owner.site(), owner.address(), share.weight(), share.priority(), List.copyOf(origins));
  }

  private static Map<String, Integer> rankOfClusters(SyncSpec spec) {
    Map<String, Integer> rank = new TreeMap<>();
    spec.clusters().forEach(cluster -> rank.putIfAbsent(cluster.context(), rank.size()));
    return rank;
  }

  private static Map<String, TrafficSplit> splitByCluster(ImportPolicy policy) {
    return policy.trafficSplit().stream()
        .collect(toMap(TrafficSplit::cluster, entry -> entry, (first, _) -> first));
  }
}
