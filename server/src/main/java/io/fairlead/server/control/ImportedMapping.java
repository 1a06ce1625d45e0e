package io.fairlead.server.control;

import io.fairlead.config.ImportDefaults;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.Algorithm.Fallback;
import io.fairlead.policy.spec.Algorithm.HashMask;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Failback;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.ServiceSpec.PoolSelection;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedService;
import io.fairlead.sync.spec.PoolAlgorithm;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From an imported service to one of the policy engine, word by word. */
final class ImportedMapping {
  /** RFC 7871 section 11.1: what resolvers send of a client's address at most. */
  private static final int CLIENT_BITS_IPV4 = 24;

  private static final int CLIENT_BITS_IPV6 = 56;

  private final ImportDefaults defaults;
  private final List<String> notes;

  /**
   * @param notes where to say what cannot be done as told
   */
  ImportedMapping(ImportDefaults defaults, List<String> notes) {
    this.defaults = defaults;
    this.notes = notes;
  }

  ServiceSpec service(
      Name name, List<Name> aliases, ImportedService imported, List<String> monitors) {
    TreeMap<Integer, List<ImportedService.Member>> byPriority =
        imported.members().stream()
            .collect(
                Collectors.groupingBy(
                    ImportedService.Member::priority, TreeMap::new, Collectors.toList()));
    var pools = new ArrayList<PoolSpec>();
    byPriority
        .descendingMap()
        .forEach((priority, members) -> pools.addAll(pools(priority, members, imported)));
    return new ServiceSpec(
        name,
        aliases,
        Math.toIntExact(imported.ttl().toSeconds()),
        or(imported.options().answers(), 1),
        monitors,
        downResponse(imported),
        pools,
        PoolSelection.PRIORITY,
        or(imported.options().minMembersUp(), ServiceSpec.DEFAULT_MIN_MEMBERS_UP),
        defaults.clientSubnet(),
        defaults.privateClients(),
        required(imported, monitors.size()),
        AnswerTypes.ADDRESSES,
        doubtTtl(imported));
  }

  private static int or(@Nullable Integer told, int otherwise) {
    return told == null ? otherwise : told;
  }

  /** One that would be no shorter changes nothing. */
  private static int doubtTtl(ImportedService service) {
    Duration told = service.options().doubtTtl();
    return told == null || told.compareTo(service.ttl()) >= 0
        ? ServiceSpec.SAME_TTL
        : Math.toIntExact(told.toSeconds());
  }

  /** As AMKO: of the paths of a host one that is well is enough; of monitors by name, all. */
  private static int required(ImportedService service, int monitors) {
    Integer told = service.options().monitorsRequired();
    if (told != null) {
      return Math.min(told, monitors);
    }
    return service.monitoring() instanceof ImportedService.Monitoring.Derived
        ? 1
        : ServiceSpec.ALL_MONITORS;
  }

  /** A pool has addresses or names: where a priority has both, they are two pools in turn. */
  private List<PoolSpec> pools(
      int priority, List<ImportedService.Member> members, ImportedService service) {
    var addresses = new ArrayList<MemberSpec>();
    var names = new ArrayList<NameMemberSpec>();
    for (ImportedService.Member member : members) {
      switch (member.destination()) {
        case Destination.Address(var address) -> addresses.add(member(member, address, service));
        case Destination.HostName(var name) -> names.add(member(member, Name.parse(name)));
      }
    }
    var pools = new ArrayList<PoolSpec>(2);
    if (!addresses.isEmpty()) {
      pools.add(pool("priority-" + priority, priority, service, addresses, List.of()));
    }
    if (!names.isEmpty()) {
      pools.add(pool("names-" + priority, priority, service, List.of(), names));
    }
    return pools;
  }

  private PoolSpec pool(
      String name,
      int priority,
      ImportedService service,
      List<MemberSpec> addresses,
      List<NameMemberSpec> names) {
    return new PoolSpec(
        name, priority, algorithm(service), true, addresses, null, names, failback(service));
  }

  private static Failback failback(ImportedService service) {
    var told = service.options();
    return new Failback(
        Boolean.TRUE.equals(told.manualResume()),
        Objects.requireNonNullElse(told.resumeAfter(), Duration.ZERO),
        Objects.requireNonNullElse(told.slowStart(), Duration.ZERO));
  }

  private MemberSpec member(
      ImportedService.Member member, InetAddress address, ImportedService service) {
    return new MemberSpec(
        member.site(),
        address,
        member.weight(),
        true,
        member.probeHost(),
        0,
        origin(member),
        MemberSpec.DEFAULT_PREFERENCE,
        null,
        publicAddress(member, address, service));
  }

  private static NameMemberSpec member(ImportedService.Member member, Name name) {
    return new NameMemberSpec(
        member.site(),
        name,
        member.weight(),
        true,
        member.probeHost(),
        0,
        origin(member),
        MemberSpec.DEFAULT_PREFERENCE,
        null);
  }

  /** The objects, and whose word made the member what it is. */
  private static String origin(ImportedService.Member member) {
    var provenance = member.provenance();
    String objects =
        member.origins().stream()
            .map(ImportedMember.Origin::toString)
            .collect(Collectors.joining(", "));
    return objects.isEmpty()
        ? "%s (weight: %s)".formatted(provenance.policy(), provenance.weight())
        : "%s (policy: %s; weight: %s)"
            .formatted(objects, provenance.policy(), provenance.weight());
  }

  /** One public address is told for all of a cluster's VIPs, whatever their families. */
  private @Nullable InetAddress publicAddress(
      ImportedService.Member member, InetAddress address, ImportedService service) {
    InetAddress outside = member.publicAddress();
    if (outside == null || outside.getClass() == address.getClass()) {
      return outside;
    }
    notes.add(
        "%s: the public address %s is of another family than %s, which goes without"
            .formatted(service.host(), outside.getHostAddress(), address.getHostAddress()));
    return null;
  }

  private Algorithm algorithm(ImportedService service) {
    PoolAlgorithm told = service.pool();
    return switch (told.name()) {
      case "round-robin" -> new Algorithm.RoundRobin();
      case "consistent-hash" -> new Algorithm.ConsistentHash(mask(told));
      case "geo" -> new Algorithm.Geo(fallback(told.fallback()));
      case "topology" -> topology(service, told.topology());
      default -> throw new IllegalArgumentException("no such algorithm: " + told.name());
    };
  }

  private Algorithm topology(ImportedService service, @Nullable String named) {
    TopologySpec topology = named == null ? defaults.topology() : defaults.topologies().get(named);
    if (topology == null) {
      notes.add(
          "%s: algorithm topology needs %s, taken as round robin"
              .formatted(
                  service.host(),
                  named == null ? "sync.policy.topology" : "topology " + named + " in the file"));
      return new Algorithm.RoundRobin();
    }
    return new Algorithm.Topology(topology);
  }

  private static Fallback fallback(@Nullable PoolAlgorithm told) {
    return told != null && told.name().equals("consistent-hash")
        ? new Fallback.ConsistentHash(mask(told))
        : new Fallback.RoundRobin();
  }

  private static HashMask mask(PoolAlgorithm told) {
    return new HashMask(
        or(told.hashMask(), CLIENT_BITS_IPV4), or(told.hashMaskIpv6(), CLIENT_BITS_IPV6));
  }

  private DownResponse downResponse(ImportedService service) {
    var told = service.downResponse();
    if (told == null) {
      return defaults.downResponse();
    }
    return switch (told.type()) {
      case "none" -> new DownResponse.None();
      case "no-data" -> new DownResponse.NoData();
      case "servfail" -> new DownResponse.Servfail();
      case "all-records" -> new DownResponse.AllRecords();
      case "fallback-address" ->
          new DownResponse.FallbackAddress(
              told.fallback() instanceof Inet4Address ipv4 ? ipv4 : null,
              told.fallback() instanceof Inet6Address ipv6
                  ? ipv6
                  : told.second() instanceof Inet6Address second ? second : null);
      default -> throw new IllegalArgumentException("no such down response: " + told.type());
    };
  }

  /** The same service without the aliases among these names. */
  static ServiceSpec without(Set<Name> names, ServiceSpec service) {
    List<Name> aliases =
        service.aliases().stream().filter(alias -> !names.contains(alias)).toList();
    return aliases.size() == service.aliases().size() ? service : service.withAliases(aliases);
  }
}
