package io.fairlead.sync.amko;

import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.AmkoPolicy.Settings;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.amko.AmkoPolicy.ThirdParty;
import io.fairlead.sync.field.Addresses;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import io.fairlead.sync.spec.PoolAlgorithm;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the {@code spec} of AMKO's objects to what they mean, or why they are rejected. */
final class Specs {
  private static final int MAX_TTL_SECONDS = 86_400;
  private static final int MAX_HASH_MASK = 31;

  private Specs() {}

  /** What objects may refer to. */
  record Known(Set<String> clusters, Set<String> monitors, Set<String> templates) {}

  /** A GSLBConfig; what it says of the Avi controller has no meaning here. */
  record Config(Set<String> memberClusters, boolean customGlobalFqdn) {}

  /** A GlobalDeploymentPolicy. */
  record Deployment(
      Map<String, String> appSelector,
      Map<String, String> namespaceSelector,
      Set<String> matchClusters,
      Settings settings) {}

  /** A GSLBHostRule, with the global name that it is for. */
  record Rule(String fqdn, HostRule rule) {}

  static Config config(Object spec) throws Rejected {
    Set<String> clusters = new LinkedHashSet<>();
    for (Object member : Fields.list(spec, "memberClusters")) {
      String context = Fields.text(member, "clusterContext");
      if (context == null) {
        throw new Rejected("invalid gslb config, a member cluster has no clusterContext");
      }
      clusters.add(context);
    }
    if (clusters.isEmpty()) {
      throw new Rejected("invalid gslb config, memberClusters names no cluster");
    }
    return new Config(clusters, Boolean.TRUE.equals(Fields.flag(spec, "useCustomGlobalFqdn")));
  }

  static Deployment deployment(String name, Object spec, Known known) throws Rejected {
    Set<String> match = new LinkedHashSet<>();
    for (Object entry : Fields.list(spec, "matchClusters")) {
      String cluster = Fields.text(entry, "cluster");
      if (cluster == null || !known.clusters().contains(cluster)) {
        throw new Rejected("cluster context %s not present in GSLBConfig".formatted(cluster));
      }
      match.add(cluster);
    }
    Settings settings = settings("GlobalDeploymentPolicy ", name, spec, known);
    for (Share share : settings.trafficSplit()) {
      if (!known.clusters().contains(share.cluster())) {
        throw new Rejected(
            "cluster %s in traffic policy not present in GSLBConfig".formatted(share.cluster()));
      }
    }
    return new Deployment(
        selector(spec, "appSelector"), selector(spec, "namespaceSelector"), match, settings);
  }

  static Rule rule(String name, Object spec, Known known) throws Rejected {
    String fqdn = Fields.text(spec, "fqdn");
    if (fqdn == null) {
      throw new Rejected("GSLBHostRule has no fqdn");
    }
    String host = HostNames.normal(fqdn);
    String problem = HostNames.problem(host);
    if (problem != null) {
      throw new Rejected(problem);
    }
    List<ThirdParty> thirdParty = new ArrayList<>();
    for (Object member : Fields.list(spec, "thirdPartyMembers")) {
      String site = Fields.text(member, "site");
      if (site == null) {
        throw new Rejected("a third party member has no site");
      }
      InetAddress publicAddress =
          Fields.text(member, "publicIP") == null ? null : address(member, "publicIP");
      thirdParty.add(new ThirdParty(site, address(member, "vip"), publicAddress));
    }
    Map<String, InetAddress> publicAddresses = new HashMap<>();
    for (Object entry : Fields.list(spec, "publicIP")) {
      String cluster = Fields.text(entry, "cluster");
      if (cluster == null || !known.clusters().contains(cluster)) {
        throw new Rejected("cluster %s in public IP not present in GSLBConfig".formatted(cluster));
      }
      publicAddresses.put(cluster, address(entry, "ip"));
    }
    return new Rule(
        host,
        new HostRule(settings("GSLBHostRule ", name, spec, known), thirdParty, publicAddresses));
  }

  private static Settings settings(String kind, String name, Object spec, Known known)
      throws Rejected {
    String namespace = name.substring(0, name.indexOf('/'));
    String template = Fields.text(spec, "healthMonitorTemplate");
    List<String> written = Fields.texts(spec, "healthMonitorRefs");
    if (!written.isEmpty() && template != null) {
      throw new Rejected("health monitor reference and template cannot be specified together");
    }
    List<String> refs = new ArrayList<>();
    for (String ref : written) {
      String found = found(ref, namespace, known.monitors());
      if (found == null) {
        throw new Rejected("health monitor ref %s is invalid".formatted(ref));
      }
      refs.add(found);
    }
    String model = template == null ? null : found(template, namespace, known.templates());
    if (template != null && model == null) {
      throw new Rejected("health monitor template %s is invalid".formatted(template));
    }
    return new Settings(
        kind + name,
        ttl(spec),
        trafficSplit(spec),
        refs,
        model,
        algorithm(Fields.at(spec, "poolAlgorithmSettings")),
        downResponse(Fields.at(spec, "downResponse")),
        Fields.flag(spec, "controlPlaneHmOnly"));
  }

  /** A monitor of the file, else a HealthMonitor beside the object; null = neither. */
  private static @Nullable String found(String name, String namespace, Set<String> known) {
    String beside = namespace + "/" + name;
    return known.contains(name) ? name : known.contains(beside) ? beside : null;
  }

  private static @Nullable Duration ttl(Object spec) throws Rejected {
    Integer seconds = Fields.number(spec, "ttl");
    if (seconds == null) {
      return null;
    }
    if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
      throw new Rejected("ttl %d must be between 0 and %d".formatted(seconds, MAX_TTL_SECONDS));
    }
    return Duration.ofSeconds(seconds);
  }

  private static List<Share> trafficSplit(Object spec) throws Rejected {
    List<Share> shares = new ArrayList<>();
    for (Object entry : Fields.list(spec, "trafficSplit")) {
      String cluster = Fields.text(entry, "cluster");
      Integer weight = Fields.number(entry, "weight");
      Integer priority = Fields.number(entry, "priority");
      if (cluster == null) {
        throw new Rejected("an entry of trafficSplit has no cluster");
      }
      if (weight != null && (weight < 1 || weight > TrafficSplit.MAX_WEIGHT)) {
        throw new Rejected(
            "traffic weight %d must be between 1 and %d"
                .formatted(weight, TrafficSplit.MAX_WEIGHT));
      }
      if (priority != null && (priority < 0 || priority > TrafficSplit.MAX_PRIORITY)) {
        throw new Rejected(
            "traffic priority %d must be between 0 and %d"
                .formatted(priority, TrafficSplit.MAX_PRIORITY));
      }
      shares.add(new Share(cluster, weight, priority));
    }
    return shares;
  }

  private static @Nullable PoolAlgorithm algorithm(@Nullable Object settings) throws Rejected {
    String name = Fields.text(settings, "lbAlgorithm");
    if (name == null) {
      return null;
    }
    Integer mask = Fields.number(settings, "hashMask");
    Object fallback = Fields.at(settings, "geoFallback");
    return switch (name) {
      case "GSLB_ALGORITHM_ROUND_ROBIN" -> plain("round-robin", mask, fallback);
      case "GSLB_ALGORITHM_TOPOLOGY" -> plain("topology", mask, fallback);
      case "GSLB_ALGORITHM_CONSISTENT_HASH" -> {
        if (fallback != null) {
          throw new Rejected("geoFallback can only be given with GSLB_ALGORITHM_GEO");
        }
        yield hash(mask);
      }
      case "GSLB_ALGORITHM_GEO" -> new PoolAlgorithm("geo", null, geoFallback(fallback));
      default -> throw new Rejected("lbAlgorithm " + name + " is not known");
    };
  }

  private static PoolAlgorithm plain(String name, @Nullable Integer mask, @Nullable Object fallback)
      throws Rejected {
    if (mask != null || fallback != null) {
      throw new Rejected("hashMask and geoFallback cannot be given with " + name);
    }
    return PoolAlgorithm.of(name);
  }

  private static PoolAlgorithm hash(@Nullable Integer mask) throws Rejected {
    if (mask == null || mask < 1 || mask > MAX_HASH_MASK) {
      throw new Rejected(
          "hashMask %s must be between 1 and %d for consistent hash"
              .formatted(mask, MAX_HASH_MASK));
    }
    return new PoolAlgorithm("consistent-hash", mask, null);
  }

  private static PoolAlgorithm geoFallback(@Nullable Object fallback) throws Rejected {
    String name = Fields.text(fallback, "lbAlgorithm");
    Integer mask = Fields.number(fallback, "hashMask");
    return switch (name) {
      case "GSLB_ALGORITHM_ROUND_ROBIN" -> plain("round-robin", mask, null);
      case "GSLB_ALGORITHM_CONSISTENT_HASH" -> hash(mask);
      case null, default ->
          throw new Rejected(
              "geoFallback must be GSLB_ALGORITHM_ROUND_ROBIN or GSLB_ALGORITHM_CONSISTENT_HASH");
    };
  }

  private static @Nullable DownResponse downResponse(@Nullable Object response) throws Rejected {
    String type = Fields.text(response, "type");
    if (type == null) {
      return null;
    }
    boolean toAddress = type.equals("GSLB_SERVICE_DOWN_RESPONSE_FALLBACK_IP");
    if (!toAddress && Fields.text(response, "fallbackIP") != null) {
      throw new Rejected(
          "fallbackIP can only be given with GSLB_SERVICE_DOWN_RESPONSE_FALLBACK_IP");
    }
    return switch (type) {
      case "GSLB_SERVICE_DOWN_RESPONSE_NONE" -> DownResponse.NONE;
      case "GSLB_SERVICE_DOWN_RESPONSE_ALL_RECORDS" -> new DownResponse("all-records", null);
      case "GSLB_SERVICE_DOWN_RESPONSE_EMPTY" -> new DownResponse("no-data", null);
      case "GSLB_SERVICE_DOWN_RESPONSE_FALLBACK_IP" ->
          new DownResponse("fallback-address", address(response, "fallbackIP"));
      default -> throw new Rejected("down response type " + type + " is not known");
    };
  }

  private static Map<String, String> selector(Object spec, String name) throws Rejected {
    Map<String, String> labels = new LinkedHashMap<>();
    if (Fields.at(spec, "matchRules", name, "label") instanceof Map<?, ?> written) {
      for (Map.Entry<?, ?> label : written.entrySet()) {
        if (!(label.getKey() instanceof String key && label.getValue() instanceof String value)
            || key.isBlank()
            || value.isBlank()) {
          throw new Rejected("%s has a label with an empty key or value".formatted(name));
        }
        labels.put(key, value);
      }
    }
    return labels;
  }

  private static InetAddress address(@Nullable Object tree, String field) throws Rejected {
    String text = Fields.text(tree, field);
    InetAddress address = text == null ? null : Addresses.parse(text);
    if (address == null) {
      throw new Rejected("%s %s is not an IP address".formatted(field, text));
    }
    return address;
  }
}
