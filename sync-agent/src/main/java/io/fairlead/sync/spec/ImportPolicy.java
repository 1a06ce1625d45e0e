package io.fairlead.sync.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Which objects are taken and what becomes of them, as the configuration file says it ({@code
 * source: file}).
 *
 * @param appSelector labels that an object must have, all of them; empty = not asked
 * @param namespaceSelector labels that its namespace must have, all of them; empty = not asked.
 *     With both empty nothing is selected
 * @param trafficSplit weight and priority by cluster; a cluster that is not listed has weight 1,
 *     priority 10
 * @param customGlobalFqdn the global name of a host is what an accepted HostRule of its cluster
 *     says; a host without one is not served. False: the host is the global name
 * @param monitors names of monitors that every member is probed by
 * @param probeAsObjectsTell without such names: whether members are probed as their objects tell,
 *     or not at all
 * @param named hosts that a GlobalService names: an object that has one offers it, whatever the
 *     selectors say, if it has these labels
 */
public record ImportPolicy(
    Map<String, String> appSelector,
    Map<String, String> namespaceSelector,
    List<TrafficSplit> trafficSplit,
    Duration ttl,
    String algorithm,
    boolean customGlobalFqdn,
    List<String> monitors,
    boolean probeAsObjectsTell,
    Map<String, Map<String, String>> named) {
  public ImportPolicy {
    appSelector = Map.copyOf(appSelector);
    namespaceSelector = Map.copyOf(namespaceSelector);
    trafficSplit = List.copyOf(trafficSplit);
    monitors = List.copyOf(monitors);
    named = Map.copyOf(named);
  }

  /** No host is named. */
  public ImportPolicy(
      Map<String, String> appSelector,
      Map<String, String> namespaceSelector,
      List<TrafficSplit> trafficSplit,
      Duration ttl,
      String algorithm,
      boolean customGlobalFqdn,
      List<String> monitors,
      boolean probeAsObjectsTell) {
    this(
        appSelector,
        namespaceSelector,
        trafficSplit,
        ttl,
        algorithm,
        customGlobalFqdn,
        monitors,
        probeAsObjectsTell,
        Map.of());
  }

  /** The same with these hosts named. */
  public ImportPolicy naming(Map<String, Map<String, String>> hosts) {
    return new ImportPolicy(
        appSelector,
        namespaceSelector,
        trafficSplit,
        ttl,
        algorithm,
        customGlobalFqdn,
        monitors,
        probeAsObjectsTell,
        hosts);
  }

  /** Hosts are the global names; nothing is probed. */
  public ImportPolicy(
      Map<String, String> appSelector,
      Map<String, String> namespaceSelector,
      List<TrafficSplit> trafficSplit,
      Duration ttl,
      String algorithm) {
    this(appSelector, namespaceSelector, trafficSplit, ttl, algorithm, false, List.of(), false);
  }

  /** The same for another selection. */
  public ImportPolicy selecting(
      Map<String, String> app, Map<String, String> namespace, boolean byCustomGlobalFqdn) {
    return new ImportPolicy(
        app,
        namespace,
        trafficSplit,
        ttl,
        algorithm,
        byCustomGlobalFqdn,
        monitors,
        probeAsObjectsTell,
        named);
  }

  /**
   * A cluster's share.
   *
   * @param cluster the context's name
   * @param weight 1 to 20
   * @param priority 0 to 100
   */
  public record TrafficSplit(String cluster, int weight, int priority) {
    public static final int DEFAULT_WEIGHT = 1;
    public static final int DEFAULT_PRIORITY = 10;
    public static final int MAX_WEIGHT = 20;
    public static final int MAX_PRIORITY = 100;
  }
}
