package io.fairlead.sync.merge;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.AmkoPolicy.Settings;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.merge.ImportedService.Monitoring;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import io.fairlead.sync.spec.PoolAlgorithm;
import io.fairlead.sync.spec.ServiceOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a service: its GlobalService, else its GSLBHostRule, else the
 * GlobalDeploymentPolicy, else the file, else the default.
 */
final class ServiceRules {
  private static final HostRule NO_RULE = new HostRule(Settings.SILENT, List.of(), Map.of());

  /** A third-party member without a share of its own stands behind those of clusters. */
  private static final int THIRD_PARTY_PRIORITY = 1;

  private final ImportPolicy file;
  private final @Nullable AmkoPolicy amko;
  private final GlobalRules global;
  private final Settings defaults;

  ServiceRules(ImportPolicy file, @Nullable AmkoPolicy amko, GlobalRules global) {
    this.file = file;
    this.amko = amko;
    this.global = global;
    this.defaults = amko == null ? ofFile(file) : amko.defaults();
  }

  Duration ttl(String host) {
    Duration said = first(host, Settings::ttl);
    return said == null ? file.ttl() : said;
  }

  PoolAlgorithm algorithm(String host) {
    PoolAlgorithm said = first(host, Settings::algorithm);
    return said == null ? PoolAlgorithm.of(file.algorithm()) : said;
  }

  /** As AMKO says; where it says nothing, none; null where AMKO is not asked. */
  @Nullable DownResponse downResponse(String host) {
    DownResponse said = first(host, Settings::downResponse);
    return said == null && amko != null ? DownResponse.NONE : said;
  }

  int weight(String host, String cluster) {
    Integer said = share(host, cluster, Share::weight);
    return said == null ? TrafficSplit.DEFAULT_WEIGHT : said;
  }

  /** Who says that its members are taken, and who what weight they have, in words. */
  Provenance provenance(String host, String cluster) {
    String weight =
        settings(host)
            .filter(
                settings -> {
                  Share share = settings.share(cluster);
                  return share != null && share.weight() != null;
                })
            .map(settings -> "trafficSplit of " + settings.from())
            .findFirst()
            .orElse("default");
    String own = global.settings(host).from();
    return new Provenance(own.isEmpty() ? defaults.from() : own, weight);
  }

  /** An entry that gives only a weight says nothing of the priority: the next one may. */
  int priority(String host, String cluster) {
    Integer said = share(host, cluster, Share::priority);
    return said == null ? TrafficSplit.DEFAULT_PRIORITY : said;
  }

  @Nullable InetAddress publicAddress(String host, String cluster) {
    InetAddress said = global.publicAddress(host, cluster);
    return said != null ? said : rule(host).publicAddresses().get(cluster);
  }

  /** Names that have members even while no cluster offers any. */
  Stream<String> hostsOfThirdParty(Predicate<String> meant) {
    Stream<String> ofAmko =
        amko == null
            ? Stream.of()
            : amko.rules().entrySet().stream()
                .filter(rule -> !rule.getValue().thirdParty().isEmpty())
                .map(Map.Entry::getKey)
                .filter(meant);
    return Stream.concat(global.hostsOfMembers(meant), ofAmko);
  }

  /** Names of a service that no object says. */
  List<String> aliases(String host) {
    return global.aliases(host);
  }

  ServiceOptions options(String host) {
    return global.options(host);
  }

  List<ImportedService.Member> thirdParty(String host) {
    List<ImportedService.Member> own = global.members(host);
    return own.isEmpty() ? thirdParty(rule(host)) : own;
  }

  private static List<ImportedService.Member> thirdParty(HostRule rule) {
    return rule.thirdParty().stream()
        .map(
            member -> {
              Share share = rule.settings().share(member.site());
              Integer weight = share == null ? null : share.weight();
              Integer priority = share == null ? null : share.priority();
              return new ImportedService.Member(
                  member.site(),
                  Destination.of(member.address()),
                  weight == null ? TrafficSplit.DEFAULT_WEIGHT : weight,
                  priority == null ? THIRD_PARTY_PRIORITY : priority,
                  List.of(),
                  member.publicAddress(),
                  null,
                  new Provenance(
                      rule.settings().from(),
                      weight == null ? "default" : "trafficSplit of " + rule.settings().from()));
            })
        .toList();
  }

  Monitoring monitoring(String host, List<Check> checks) {
    if (Boolean.TRUE.equals(first(host, Settings::controlPlaneHmOnly))) {
      return new Monitoring.None();
    }
    for (Settings settings : settings(host).toList()) {
      if (!settings.monitorRefs().isEmpty()) {
        return new Monitoring.References(settings.monitorRefs());
      }
      if (settings.monitorTemplate() != null) {
        return new Monitoring.Derived(derived(checks), settings.monitorTemplate());
      }
    }
    return new Monitoring.Derived(derived(checks), null);
  }

  /** One check each path; any object with TLS makes all HTTPS, as AMKO does. */
  private static List<Check> derived(List<Check> checks) {
    boolean tls = checks.stream().anyMatch(check -> check instanceof Check.Http http && http.tls());
    Stream<Check> paths =
        checks.stream()
            .filter(Check.Http.class::isInstance)
            .map(Check.Http.class::cast)
            .map(http -> tls ? http.secured() : http)
            .flatMap(
                http ->
                    http.paths().stream()
                        .map(path -> new Check.Http(http.tls(), http.port(), List.of(path))))
            .distinct()
            .sorted(
                Comparator.comparing((Check.Http http) -> http.paths().getFirst())
                    .thenComparingInt(Check.Http::port))
            .map(Check.class::cast);
    Stream<Check> ports =
        checks.stream()
            .filter(check -> !(check instanceof Check.Http))
            .distinct()
            .sorted(Comparator.comparing(Check::toString));
    return Stream.concat(paths, ports).toList();
  }

  private <T> @Nullable T share(String host, String cluster, Function<Share, @Nullable T> field) {
    return first(
        host,
        settings -> {
          Share share = settings.share(cluster);
          return share == null ? null : field.apply(share);
        });
  }

  private <T> @Nullable T first(String host, Function<Settings, @Nullable T> field) {
    return settings(host).map(field).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Who may say something of a service, whose word counts first. */
  private Stream<Settings> settings(String host) {
    return Stream.of(global.settings(host), rule(host).settings(), defaults);
  }

  private HostRule rule(String host) {
    return amko == null ? NO_RULE : amko.rules().getOrDefault(host, NO_RULE);
  }

  private static Settings ofFile(ImportPolicy file) {
    List<Share> split =
        file.trafficSplit().stream()
            .map(entry -> new Share(entry.cluster(), entry.weight(), entry.priority()))
            .toList();
    boolean unprobed = file.monitors().isEmpty() && !file.probeAsObjectsTell();
    return new Settings("sync.policy", null, split, file.monitors(), null, null, null, unprobed);
  }
}
