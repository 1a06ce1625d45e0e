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
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.time.Duration;
import java.util.List;

/** One of {@code services}. */
final class ServiceSection {
  private static final Key<DownResponse> DOWN_TYPE =
      Key.required(
          "type",
          WordValue.<DownResponse>of("all-records", new DownResponse.AllRecords())
              .or("none", new DownResponse.None())
              .or("no-data", new DownResponse.NoData())
              .or("servfail", new DownResponse.Servfail())
              .later("fallback-address", "cname"),
          "all members as if they were up, no reply, a reply without records, or SERVFAIL");

  private static final KeyTable DOWN_KEYS =
      KeyTable.of("a down response", DOWN_TYPE)
          .later("target", "where cname points")
          .later("ipv4", "the fallback address for A")
          .later("ipv6", "the fallback address for AAAA");

  private static final Key<Name> NAME =
      Key.required("name", Texts.DOMAIN_NAME, "the global name; its first label may be *");
  private static final Key<List<Name>> ALIASES =
      Key.optional(
          "aliases", ListValue.any(Texts.DOMAIN_NAME), List.of(), "names with the same answers");
  private static final Key<Duration> TTL =
      Key.optional("ttl", Durations.TTL, Duration.ofSeconds(30), "how long an answer is cached");
  private static final Key<Integer> ANSWERS =
      Key.optional(
          "answers",
          Numbers.between(ServiceSpec.ALL_ANSWERS, ServiceSpec.MAX_ANSWERS),
          1,
          "addresses in one reply; 0 = all that are up");
  private static final Key<List<String>> MONITORS =
      Key.optional(
          "monitors", ListValue.any(Texts.LABEL), List.of(), "checks that every member must pass");
  private static final Key<Section> DOWN_RESPONSE =
      Key.otherwise(
          "downResponse",
          new SectionValue(DOWN_KEYS),
          "{ type: all-records }",
          "what is said when no member is up");
  private static final Key<List<Section>> POOLS =
      Key.required("pools", ConfigSection.sections(PoolSection.KEYS, 1), "its members, in pools");

  static final KeyTable KEYS =
      KeyTable.of("a service", NAME, ALIASES, TTL, ANSWERS, MONITORS, DOWN_RESPONSE, POOLS)
          .later("clientSubnet", "whether a query's client subnet is used")
          .later("types", "the record types of its answers")
          .later("dynamicTtl", "a TTL that follows the members' health")
          .later("monitorsRequired", "how many of the monitors must pass")
          .later("minMembersUp", "live members that are gathered from pools")
          .later("poolSelection", "how a pool is found, other than by priority")
          .later("privateClients", "clients that get members' private addresses");

  private ServiceSection() {}

  static ServiceSpec read(Section service, Declared sites, Declared monitors, GlobalNames names) {
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
    List<String> monitorNames = service.get(MONITORS);
    monitors.referAll(service, MONITORS, monitorNames);
    return new ServiceSpec(
        name,
        aliases,
        (int) service.get(TTL).toSeconds(),
        service.get(ANSWERS),
        monitorNames,
        downResponse(service),
        pools(service, sites));
  }

  private static DownResponse downResponse(Section service) {
    Section down = service.find(DOWN_RESPONSE);
    return down == null ? new DownResponse.AllRecords() : down.get(DOWN_TYPE);
  }

  private static List<PoolSpec> pools(Section service, Declared sites) {
    var pools = new Declared("pool of this service");
    return service.get(POOLS).stream().map(pool -> PoolSection.read(pool, pools, sites)).toList();
  }
}
