package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Place;
import io.fairlead.health.spec.Target;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolMember;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.SiteSpec;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.sync.merge.ClusterMembers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What configuration and imports mean together: services by number, members with their targets.
 * Made anew when one of the two changes, never for a verdict.
 */
public final class Plan {
  private static final int PORT_OF_THE_MONITOR = 0;

  static final Plan EMPTY =
      new Plan(List.of(), List.of(), List.of(), new Ground(Map.of(), GeoData.NONE));

  private final List<ZoneSpec> zones;
  private final List<ServiceSpec> services;
  private final List<String> notes;
  private final Set<Name> apexes;
  private final Ground ground;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> monitored = new HashMap<>();
  private final List<List<PlannedMember>> members = new ArrayList<>();
  private final Map<Target, List<PlannedMember>> membersByTarget = new LinkedHashMap<>();
  private final Set<Target> references = new LinkedHashSet<>();
  private final Map<Target, String> keys = new ConcurrentHashMap<>();

  private Plan(
      List<ZoneSpec> zones, List<ServiceSpec> services, List<String> notes, Ground ground) {
    this.ground = ground;
    this.zones = zones;
    this.services = services;
    this.notes = notes;
    this.apexes = zones.stream().map(ZoneSpec::apex).collect(Collectors.toSet());
  }

  /**
   * Plans what is told; services of the file stand before imported ones of the same name.
   *
   * @param zones those of the configuration, with the serials to serve
   */
  static Plan of(
      FairleadConfig config,
      List<ZoneSpec> zones,
      GeoData geo,
      Collection<ClusterMembers> imports,
      EndpointRegistry endpoints) {
    var imported = ImportedServices.of(config, imports);
    var services = new ArrayList<>(config.services());
    services.addAll(imported.services());
    var plan = new Plan(zones, List.copyOf(services), imported.notes(), Ground.of(config, geo));
    Map<String, MonitorSpec> monitors = imported.monitors();
    Map<String, PlannedSite> sites = new HashMap<>();
    config.sites().forEach(site -> sites.put(site.name(), planned(site, monitors)));
    config.monitors().forEach(plan::addReferences);
    for (ServiceSpec service : services) {
      plan.add(service, monitors, sites, endpoints);
    }
    return plan;
  }

  private void add(
      ServiceSpec service,
      Map<String, MonitorSpec> monitors,
      Map<String, PlannedSite> sites,
      EndpointRegistry endpoints) {
    numbers.put(key(service.name()), members.size());
    var planned = new ArrayList<PlannedMember>();
    for (var pool : service.pools()) {
      for (var member : pool.members()) {
        int endpoint = endpoints.of(service.name(), member.address());
        planned.add(planned(service, pool, member, endpoint, monitors, sites));
      }
      for (var member : pool.names()) {
        int endpoint = endpoints.of(service.name(), member.hostname());
        planned.add(planned(service, pool, member, endpoint, monitors, sites));
      }
    }
    members.add(List.copyOf(planned));
    var counted = new HashSet<Integer>();
    for (var member : planned) {
      if (!member.targets().isEmpty() && counted.add(member.endpoint())) {
        monitored.merge(member.member().site(), 1, Integer::sum);
      }
    }
    for (var member : planned) {
      Stream.concat(member.targets().stream(), member.site().targets().stream())
          .distinct()
          .forEach(
              target ->
                  membersByTarget.computeIfAbsent(target, _ -> new ArrayList<>(1)).add(member));
    }
  }

  private void addReferences(MonitorSpec monitor) {
    for (InetAddress address : monitor.references()) {
      references.add(
          monitor.target(
              new Place.Address(address), PORT_OF_THE_MONITOR, address.getHostAddress()));
    }
  }

  private static PlannedSite planned(SiteSpec site, Map<String, MonitorSpec> monitors) {
    InetAddress address = site.address();
    List<Target> targets =
        address == null
            ? List.of()
            : site.monitors().stream()
                .map(
                    name ->
                        known(monitors, name)
                            .target(
                                new Place.Address(address),
                                PORT_OF_THE_MONITOR,
                                address.getHostAddress()))
                .toList();
    return new PlannedSite(site.name(), site.enabled(), targets);
  }

  private static PlannedMember planned(
      ServiceSpec service,
      PoolSpec pool,
      PoolMember member,
      int endpoint,
      Map<String, MonitorSpec> monitors,
      Map<String, PlannedSite> sites) {
    List<Target> targets =
        service.monitors().stream()
            .map(name -> target(service, member, known(monitors, name)))
            .toList();
    PlannedSite site =
        sites.getOrDefault(member.site(), new PlannedSite(member.site(), true, List.of()));
    return new PlannedMember(endpoint, service, pool, member, targets, site);
  }

  private static MonitorSpec known(Map<String, MonitorSpec> monitors, String name) {
    return Objects.requireNonNull(
        monitors.get(name), () -> "the loader let the unknown monitor " + name + " pass");
  }

  private static Target target(ServiceSpec service, PoolMember member, MonitorSpec monitor) {
    return switch (member) {
      case MemberSpec vip ->
          monitor.target(
              new Place.Address(vip.address()),
              vip.probePort(),
              Objects.requireNonNullElse(vip.probeHost(), key(service.name())));
      case NameMemberSpec named ->
          monitor.target(
              new Place.Named(key(named.hostname())),
              named.probePort(),
              Objects.requireNonNullElse(named.probeHost(), key(named.hostname())));
    };
  }

  /** A service's name as a key for people: lower case, without the last dot. */
  public static String key(Name name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** What the services are compiled on. */
  Ground ground() {
    return ground;
  }

  public List<ZoneSpec> zones() {
    return zones;
  }

  /** Whether a zone is the nearest that a name lies in. */
  boolean isIn(Name apex, Name name) {
    Name at = name;
    while (!apexes.contains(at) && !at.isRoot()) {
      at = at.parent();
    }
    return at.equals(apex);
  }

  /** By number, which is the one in the service table. */
  public List<ServiceSpec> services() {
    return services;
  }

  /** What was left out of the imports, and why. */
  public List<String> notes() {
    return notes;
  }

  /** The members of a service by its number; none where there is no such service. */
  public List<PlannedMember> members(int service) {
    return service < 0 ? List.of() : members.get(service);
  }

  /** The members that an operator names; a member in two pools is there twice. */
  public List<PlannedMember> members(OperatorOverride.Subject subject) {
    return switch (subject) {
      case OperatorOverride.Subject.Member(var service, var address) ->
          members(numbers.getOrDefault(service, -1)).stream()
              .filter(member -> member.member().target().equals(address))
              .toList();
      case OperatorOverride.Subject.Site(var name) ->
          allMembers().filter(member -> member.member().site().equals(name)).toList();
    };
  }

  /** How many members are monitored at each site. */
  public Map<String, Integer> monitored() {
    return monitored;
  }

  public Stream<PlannedMember> allMembers() {
    return members.stream().flatMap(List::stream);
  }

  /** The number of a service by its name; -1 where there is none. */
  public int number(Name service) {
    return numbers.getOrDefault(key(service), -1);
  }

  /** Everything that is to be probed. */
  public Set<Target> targets() {
    return membersByTarget.keySet();
  }

  /** What a target is called in files; asked for with every step, and made once. */
  String key(Target target) {
    return keys.computeIfAbsent(target, TargetKey::of);
  }

  /** Targets near this node: while none of them answers, it believes no failure. */
  public Set<Target> references() {
    return references;
  }

  /** The members that a target's verdict is about. */
  public List<PlannedMember> members(Target target) {
    return membersByTarget.getOrDefault(target, List.of());
  }

  /** All names at which a service stands, aliases included, with the service's number. */
  Map<Name, Integer> names() {
    var names = new HashMap<Name, Integer>();
    for (int i = 0; i < services.size(); i++) {
      names.put(services.get(i).name(), i);
      for (Name alias : services.get(i).aliases()) {
        names.put(alias, i);
      }
    }
    return names;
  }
}
