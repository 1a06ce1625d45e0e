package io.fairlead.sync.amko;

import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.PoolAlgorithm;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What AMKO's accepted objects say together.
 *
 * @param customGlobalFqdn of the GSLBConfig
 * @param matchClusters of the GlobalDeploymentPolicy: contexts whose objects are taken
 * @param defaults of the GlobalDeploymentPolicy, for every service
 * @param rules accepted GSLBHostRules by global name
 */
public record AmkoPolicy(
    boolean customGlobalFqdn,
    Map<String, String> appSelector,
    Map<String, String> namespaceSelector,
    Set<String> matchClusters,
    Settings defaults,
    Map<String, HostRule> rules) {
  /** There is no accepted GSLBConfig or GlobalDeploymentPolicy: nothing is selected. */
  public static final AmkoPolicy NOTHING =
      new AmkoPolicy(false, Map.of(), Map.of(), Set.of(), Settings.SILENT, Map.of());

  public AmkoPolicy {
    appSelector = Map.copyOf(appSelector);
    namespaceSelector = Map.copyOf(namespaceSelector);
    matchClusters = Set.copyOf(matchClusters);
    rules = Map.copyOf(rules);
  }

  /** Names of monitors that are referred to. */
  public Set<String> references() {
    Set<String> names = new HashSet<>(defaults.references());
    rules.values().forEach(rule -> names.addAll(rule.settings().references()));
    return names;
  }

  /** Which objects of a cluster are taken. */
  public ImportPolicy selection(String cluster, ImportPolicy file) {
    return matchClusters.contains(cluster)
        ? file.selecting(appSelector, namespaceSelector, customGlobalFqdn)
        : file.selecting(Map.of(), Map.of(), customGlobalFqdn);
  }

  /**
   * What both a GlobalDeploymentPolicy and a GSLBHostRule can say of a service; null or empty =
   * does not say.
   *
   * @param from what says it: "GSLBHostRule avi-system/rule", "sync.policy"; empty = nothing does
   * @param monitorRefs names of monitors that replace the derived ones
   * @param monitorTemplate the name of a monitor whose request and codes the derived ones take
   * @param controlPlaneHmOnly true = no monitors at all
   */
  public record Settings(
      String from,
      @Nullable Duration ttl,
      List<Share> trafficSplit,
      List<String> monitorRefs,
      @Nullable String monitorTemplate,
      @Nullable PoolAlgorithm algorithm,
      @Nullable DownResponse downResponse,
      @Nullable Boolean controlPlaneHmOnly) {
    public static final Settings SILENT =
        new Settings("", null, List.of(), List.of(), null, null, null, null);

    public Settings {
      trafficSplit = List.copyOf(trafficSplit);
      monitorRefs = List.copyOf(monitorRefs);
    }

    List<String> references() {
      List<String> names = new ArrayList<>(monitorRefs);
      if (monitorTemplate != null) {
        names.add(monitorTemplate);
      }
      return names;
    }

    /** What is said of a cluster or third-party site; null = nothing. */
    public @Nullable Share share(String cluster) {
      return trafficSplit.stream()
          .filter(share -> share.cluster().equals(cluster))
          .findFirst()
          .orElse(null);
    }
  }

  /** A cluster's share; null = does not say. */
  public record Share(String cluster, @Nullable Integer weight, @Nullable Integer priority) {}

  /**
   * A GSLBHostRule.
   *
   * @param publicAddresses by cluster: what clients outside are given instead of each VIP
   */
  public record HostRule(
      Settings settings, List<ThirdParty> thirdParty, Map<String, InetAddress> publicAddresses) {
    public HostRule {
      thirdParty = List.copyOf(thirdParty);
      publicAddresses = Map.copyOf(publicAddresses);
    }
  }

  /** A member that no cluster knows. */
  public record ThirdParty(String site, InetAddress address, @Nullable InetAddress publicAddress) {}
}
