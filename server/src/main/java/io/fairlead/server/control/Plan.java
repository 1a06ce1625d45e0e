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
import java.util.Collections;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What configuration and imports mean together: services by number, members with their targets.
 * Another one when one of the two changes, never for a verdict.
 */
public final class Plan {
  private static final int PORT_OF_THE_MONITOR = 0;

  static final Plan EMPTY =
      new Plan(List.of(), List.of(), List.of(), new Ground(Map.of(), GeoData.NONE), Map.of());

  private final List<ZoneSpec> zones;
  private final List<ServiceSpec> services;
  private final List<String> notes;
  private final Set<Name> apexes;
  private final Ground ground;
  private final Map<String, PlannedSite> sites;
  private final Map<String, Integer> numbers;
  private final Map<String, Integer> monitored;
  private final List<List<PlannedMember>> members;
  private final Map<Target, List<PlannedMember>> membersByTarget;
  private final Set<Target> references;
  private final Map<Target, String> keys;

  /** The names that something was left out of. */
  private final Set<String> noted;

  private Plan(
      List<ZoneSpec> zones,
      List<ServiceSpec> services,
      List<String> notes,
      Ground ground,
      Map<String, PlannedSite> sites) {
    this.ground = ground;
    this.zones = zones;
    this.services = services;
    this.notes = notes;
    this.sites = sites;
    this.apexes = zones.stream().map(ZoneSpec::apex).collect(Collectors.toSet());
    this.numbers = new HashMap<>();
    this.monitored = new HashMap<>();
    this.members = new ArrayList<>(services.size());
    this.membersByTarget = new LinkedHashMap<>();
    this.references = new LinkedHashSet<>();
    this.keys = new ConcurrentHashMap<>();
    this.noted = notes.stream().map(Plan::hostOf).collect(Collectors.toSet());
  }

  /** The same names with other services behind them; what no change touches is shared. */
  private Plan(Plan before, List<ServiceSpec> services) {
    this.ground = before.ground;
    this.zones = before.zones;
    this.services = services;
    this.notes = before.notes;
    this.sites = before.sites;
    this.apexes = before.apexes;
    this.numbers = before.numbers;
    this.monitored = new HashMap<>(before.monitored);
    this.members = new ArrayList<>(before.members);
    this.membersByTarget = new LinkedHashMap<>(before.membersByTarget);
    this.references = before.references;
    this.keys = before.keys;
    this.noted = before.noted;
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
    Map<String, MonitorSpec> monitors = imported.monitors();
    Map<String, PlannedSite> sites = new HashMap<>();
    config.sites().forEach(site -> sites.put(site.name(), planned(site, monitors)));
    var plan =
        new Plan(zones, List.copyOf(services), imported.notes(), Ground.of(config, geo), sites);
    config.monitors().forEach(plan::addReferences);
    for (ServiceSpec service : services) {
      plan.numbers.put(key(service.name()), plan.members.size());
      List<PlannedMember> planned = plan.planned(service, monitors, endpoints);
      plan.members.add(planned);
      plan.count(planned, 1);
      planned.forEach(plan::addTargets);
    }
    return plan;
  }

  /**
   * The same names with other services behind them.
   *
   * @param changed by number, each with the name and the aliases that it has
   * @param monitors those that the changed ones need
   */
  Plan with(
      Map<Integer, ServiceSpec> changed,
      Map<String, MonitorSpec> monitors,
      EndpointRegistry endpoints) {
    if (changed.isEmpty()) {
      return this;
    }
    var next = new ArrayList<>(services);
    changed.forEach(next::set);
    var plan = new Plan(this, Collections.unmodifiableList(next));
    changed.forEach(
        (number, service) -> {
          List<PlannedMember> before = plan.members.get(number);
          List<PlannedMember> planned = plan.planned(service, monitors, endpoints);
          plan.members.set(number, planned);
          plan.count(before, -1);
          plan.count(planned, 1);
          before.forEach(plan::ownTargets);
          planned.forEach(plan::ownTargets);
          before.forEach(plan::removeTargets);
          planned.forEach(plan::addTargets);
        });
    return plan;
  }

  private List<PlannedMember> planned(
      ServiceSpec service, Map<String, MonitorSpec> monitors, EndpointRegistry endpoints) {
    var planned = new ArrayList<PlannedMember>();
    for (var pool : service.pools()) {
      for (var member : pool.members()) {
        int endpoint = endpoints.of(service.name(), member.address());
        planned.add(planned(service, pool, member, endpoint, monitors));
      }
      for (var member : pool.names()) {
        int endpoint = endpoints.of(service.name(), member.hostname());
        planned.add(planned(service, pool, member, endpoint, monitors));
      }
    }
    return List.copyOf(planned);
  }

  /** Counts a service's monitored members in, or out. */
  private void count(List<PlannedMember> planned, int by) {
    var counted = new HashSet<Integer>();
    for (var member : planned) {
      if (!member.targets().isEmpty() && counted.add(member.endpoint())) {
        monitored.merge(member.member().site(), by, (a, b) -> a + b == 0 ? null : a + b);
      }
    }
  }

  private static Stream<Target> allTargets(PlannedMember member) {
    return Stream.concat(member.targets().stream(), member.site().targets().stream()).distinct();
  }

  private void addTargets(PlannedMember member) {
    allTargets(member)
        .forEach(
            target -> membersByTarget.computeIfAbsent(target, _ -> new ArrayList<>(1)).add(member));
  }

  private void removeTargets(PlannedMember member) {
    allTargets(member)
        .forEach(
            target -> {
              List<PlannedMember> rest = members(target);
              rest.removeIf(other -> other == member);
              if (rest.isEmpty()) {
                membersByTarget.remove(target);
                keys.remove(target);
              }
            });
  }

  /** The lists of the plan before are not ours to change. */
  private void ownTargets(PlannedMember member) {
    allTargets(member)
        .forEach(
            target -> membersByTarget.computeIfPresent(target, (_, all) -> new ArrayList<>(all)));
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

  private PlannedMember planned(
      ServiceSpec service,
      PoolSpec pool,
      PoolMember member,
      int endpoint,
      Map<String, MonitorSpec> monitors) {
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

  /** Each note begins with the name that it is about. */
  static String hostOf(String note) {
    return note.substring(0, note.indexOf(':'));
  }

  /** Whether something was left out of the imports of a name, or the name itself. */
  boolean isNoted(String name) {
    return noted.contains(name);
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

  /** The members of those services that are others than in a plan of the same names. */
  List<PlannedMember> changedSince(Plan before) {
    if (this == before) {
      return List.of();
    }
    return IntStream.range(0, members.size())
        .filter(number -> members.get(number) != before.members.get(number))
        .mapToObj(members::get)
        .flatMap(List::stream)
        .toList();
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
