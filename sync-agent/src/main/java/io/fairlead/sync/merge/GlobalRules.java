package io.fairlead.sync.merge;

import io.fairlead.sync.amko.AmkoPolicy.Settings;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.spec.GlobalServiceSpec;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ServiceOptions;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What GlobalServices say of hosts; each is read when it is first asked for. */
final class GlobalRules {
  private static final GlobalServiceSpec SILENT =
      new GlobalServiceSpec(
          null,
          List.of(),
          List.of(),
          Map.of(),
          null,
          List.of(),
          List.of(),
          null,
          null,
          List.of(),
          ServiceOptions.NONE);

  private final GlobalPolicy policy;
  private final @Nullable GlobalSpec spec;
  private final Map<String, GlobalServiceSpec> read = new HashMap<>();
  private final Map<String, Settings> settings = new HashMap<>();

  private GlobalRules(GlobalPolicy policy, @Nullable GlobalSpec spec) {
    this.policy = policy;
    this.spec = spec;
  }

  /** Those of the leader's set; nothing where none count, or nobody has heard of them. */
  static GlobalRules of(@Nullable GlobalSpec spec, Collection<ClusterMembers> imported) {
    GlobalPolicy policy =
        spec == null
            ? null
            : imported.stream()
                .filter(set -> set.cluster().equals(spec.leader()))
                .map(ClusterMembers::global)
                .filter(known -> known != null)
                .findFirst()
                .orElse(null);
    return policy == null
        ? new GlobalRules(GlobalPolicy.NOTHING, null)
        : new GlobalRules(policy, spec);
  }

  /** Silent where no GlobalService speaks for the host. */
  Settings settings(String host) {
    return settings.computeIfAbsent(host, this::settle);
  }

  private Settings settle(String host) {
    GlobalPolicy.Service service = policy.services().get(host);
    if (service == null || spec == null) {
      return Settings.SILENT;
    }
    GlobalServiceSpec said = said(host);
    Set<String> ofFile = spec.monitors();
    return new Settings(
        service.from(),
        said.ttl(),
        said.trafficSplit().stream()
            .map(share -> new Share(share.cluster(), share.weight(), share.priority()))
            .toList(),
        said.monitors().stream().map(name -> service.monitor(name, ofFile)).toList(),
        null,
        said.algorithm(),
        said.downResponse(),
        said.monitors().isEmpty() ? null : false); // who names monitors wants to be probed
  }

  @Nullable InetAddress publicAddress(String host, String cluster) {
    return said(host).trafficSplit().stream()
        .filter(share -> share.cluster().equals(cluster))
        .map(GlobalServiceSpec.Share::publicAddress)
        .filter(address -> address != null)
        .findFirst()
        .orElse(null);
  }

  List<String> aliases(String host) {
    return said(host).aliases().stream()
        .map(HostNames::normal)
        .filter(alias -> HostNames.problem(alias) == null)
        .toList();
  }

  ServiceOptions options(String host) {
    return said(host).options();
  }

  /** Hosts that have members even while no cluster offers any. */
  Stream<String> hostsOfMembers(Predicate<String> meant) {
    return policy.services().keySet().stream()
        .filter(meant)
        .filter(host -> !said(host).members().isEmpty());
  }

  List<ImportedService.Member> members(String host) {
    String from = settings(host).from();
    return said(host).members().stream()
        .map(
            member ->
                new ImportedService.Member(
                    member.site(),
                    Destination.parse(member.destination()),
                    member.weight(),
                    member.priority(),
                    List.of(),
                    member.publicAddress(),
                    null,
                    new Provenance(from, from)))
        .toList();
  }

  private GlobalServiceSpec said(String host) {
    return read.computeIfAbsent(host, this::read);
  }

  /** It was readable when it was accepted, by an agent that may be another version than this. */
  private GlobalServiceSpec read(String host) {
    GlobalPolicy.Service service = policy.services().get(host);
    if (service == null || spec == null) {
      return SILENT;
    }
    try {
      return spec.reader().service(service.spec());
    } catch (IllegalArgumentException _) {
      return SILENT;
    }
  }
}
