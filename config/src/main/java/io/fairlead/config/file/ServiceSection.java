package io.fairlead.config.file;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.ServiceSpec.PoolSelection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of {@code services}. */
final class ServiceSection {
  private static final Key<Name> NAME =
      Key.required("name", Texts.DOMAIN_NAME, "the global name; its first label may be *");
  private static final Key<List<Name>> ALIASES =
      Key.optional(
          "aliases", ListValue.any(Texts.DOMAIN_NAME), List.of(), "names with the same answers");
  private static final Key<Duration> TTL =
      Key.optional("ttl", Durations.TTL, Duration.ofSeconds(30), "how long an answer is cached");
  private static final Key<List<AnswerTypesSection.Told>> TYPES =
      Key.optional(
          "types",
          AnswerTypesSection.VALUE,
          AnswerTypesSection.ADDRESSES,
          "the record types of its answers; HTTPS, SVCB and SRV may have keys of their own");
  static final Key<Duration> DYNAMIC_TTL =
      Key.otherwise(
          "dynamicTtl",
          DynamicTtl.VALUE,
          "off",
          "the TTL while a verdict about a member is in doubt: unknown, or contradicted by the last"
              + " probe");
  static final Key<Integer> ANSWERS =
      Key.optional(
          "answers",
          Numbers.between(ServiceSpec.ALL_ANSWERS, ServiceSpec.MAX_ANSWERS),
          1,
          "addresses in one reply; 0 = all that are up");
  private static final Key<List<String>> MONITORS =
      Key.optional("monitors", ListValue.any(Texts.LABEL), List.of(), "checks of each member");
  static final Key<Integer> MONITORS_REQUIRED =
      Key.optional(
          "monitorsRequired",
          MonitorsRequired.VALUE,
          ServiceSpec.ALL_MONITORS,
          "how many of the monitors a member must pass");
  private static final Key<Section> DOWN_RESPONSE =
      Key.otherwise(
          "downResponse",
          new SectionValue(DownResponseSection.KEYS),
          "{ type: all-records }",
          "what is said when no member is up");
  private static final Key<PoolSelection> POOL_SELECTION =
      Key.optional(
          "poolSelection",
          WordValue.of("priority", PoolSelection.PRIORITY).or("geo", PoolSelection.GEO),
          PoolSelection.PRIORITY,
          "how a pool is chosen: the highest priority, or the nearest to the client");
  static final Key<Integer> MIN_MEMBERS_UP =
      Key.optional(
          "minMembersUp",
          Numbers.between(1, 1000),
          ServiceSpec.DEFAULT_MIN_MEMBERS_UP,
          "pools join by falling priority until so many members are up");
  private static final Key<Boolean> CLIENT_SUBNET =
      Key.otherwise(
          "clientSubnet",
          Numbers.TRUE_OR_FALSE,
          "geo.clientSubnet",
          "whether the client subnet of a query counts");
  private static final Key<String> PRIVATE_CLIENTS =
      Key.otherwise(
          "privateClients",
          Texts.LABEL,
          "nobody",
          "the client group that gets a member's address where it has a public one too");
  private static final Key<List<Section>> POOLS =
      Key.required("pools", ConfigSection.sections(PoolSection.KEYS, 1), "its members, in pools");

  static final KeyTable KEYS =
      KeyTable.of(
          "a service",
          NAME,
          ALIASES,
          TYPES,
          TTL,
          DYNAMIC_TTL,
          ANSWERS,
          MONITORS,
          MONITORS_REQUIRED,
          DOWN_RESPONSE,
          POOL_SELECTION,
          MIN_MEMBERS_UP,
          CLIENT_SUBNET,
          PRIVATE_CLIENTS,
          POOLS);

  private ServiceSection() {}

  static ServiceSpec read(Section service, Declarations declared, GlobalNames names) {
    Name name = service.get(NAME);
    if (service.isSound(NAME)) {
      names.declare(name, service.spot(NAME));
    }
    List<Name> aliases = service.get(ALIASES);
    if (service.isSound(ALIASES)) {
      for (int i = 0; i < aliases.size(); i++) {
        names.declare(aliases.get(i), service.spot(ALIASES, i));
      }
    }
    var ownNames = new HashSet<>(aliases);
    ownNames.add(name);
    List<String> monitorNames = service.get(MONITORS);
    declared.monitors().referAll(service, MONITORS, monitorNames);
    Section down = service.find(DOWN_RESPONSE);
    Boolean clientSubnet = service.find(CLIENT_SUBNET);
    PoolSelection selection = service.get(POOL_SELECTION);
    List<PoolSpec> pools = pools(service, selection, ownNames, declared);
    int required = service.get(MONITORS_REQUIRED);
    if (required > monitorNames.size()) {
      service.error(
          MONITORS_REQUIRED,
          "more than the service has monitors; allowed: all, any, or at most "
              + monitorNames.size());
    }
    return new ServiceSpec(
        name,
        aliases,
        (int) service.get(TTL).toSeconds(),
        service.get(ANSWERS),
        monitorNames,
        down == null ? new DownResponse.AllRecords() : DownResponseSection.read(down, ownNames),
        pools,
        selection,
        service.get(MIN_MEMBERS_UP),
        clientSubnet != null ? clientSubnet : declared.clientSubnet(),
        privateClients(service, pools, declared),
        required,
        AnswerTypesSection.read(service, TYPES, name, pools),
        doubtTtlSeconds(service));
  }

  private static int doubtTtlSeconds(Section service) {
    Duration told = service.find(DYNAMIC_TTL);
    if (told == null || told.equals(DynamicTtl.OFF)) {
      return ServiceSpec.SAME_TTL;
    }
    if (service.isSound(TTL, DYNAMIC_TTL) && told.compareTo(service.get(TTL)) >= 0) {
      service.error(
          DYNAMIC_TTL,
          "no shorter than the ttl of %s, so nothing would change; allowed: less, or off"
              .formatted(TTL.value().show(service.get(TTL))));
    }
    return (int) told.toSeconds();
  }

  private static List<PoolSpec> pools(
      Section service, PoolSelection selection, Set<Name> ownNames, Declarations declared) {
    var names = new Declared("pool of this service");
    List<Section> sections = service.get(POOLS);
    List<PoolSpec> pools =
        sections.stream().map(pool -> PoolSection.read(pool, names, ownNames, declared)).toList();
    if (!service.isSound(POOL_SELECTION)) {
      return pools;
    }
    if (selection == PoolSelection.PRIORITY) {
      sections.forEach(
          pool -> pool.refuse(PoolSection.LOCATION, "a pool of a service of poolSelection geo"));
    } else if (!declared.placesOfClients()) {
      service.error(
          POOL_SELECTION, "poolSelection geo needs geo.databases, which say where clients are");
    } else if (sections.stream().noneMatch(pool -> pool.has(PoolSection.LOCATION))) {
      service.error(POOL_SELECTION, "poolSelection geo needs pools that have a location");
    }
    return pools;
  }

  private static @Nullable ClientGroup privateClients(
      Section service, List<PoolSpec> pools, Declarations declared) {
    ClientGroup clients = declared.clientGroups().find(service, PRIVATE_CLIENTS);
    boolean matters =
        pools.stream()
            .flatMap(pool -> pool.members().stream())
            .anyMatch(member -> member.publicAddress() != null);
    if (clients != null && !matters) {
      service.warning(
          PRIVATE_CLIENTS, "no member has a publicAddress, so all clients get the same");
    }
    return clients;
  }
}
