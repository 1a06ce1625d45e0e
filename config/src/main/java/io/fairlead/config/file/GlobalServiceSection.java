package io.fairlead.config.file;

import io.fairlead.config.file.AlgorithmKeys.Kind;
import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.LabelsValue;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse.AllRecords;
import io.fairlead.policy.spec.DownResponse.Cname;
import io.fairlead.policy.spec.DownResponse.FallbackAddress;
import io.fairlead.policy.spec.DownResponse.NoData;
import io.fairlead.policy.spec.DownResponse.None;
import io.fairlead.policy.spec.DownResponse.Servfail;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.GlobalServiceSpec;
import io.fairlead.sync.spec.GlobalServiceSpec.Member;
import io.fairlead.sync.spec.GlobalServiceSpec.Share;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import io.fairlead.sync.spec.ImportPolicy.TrafficSplit;
import io.fairlead.sync.spec.PoolAlgorithm;
import io.fairlead.sync.spec.ServiceOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code spec} of a GlobalService: the keys of a service of the file as far as they say
 * something of a service whose members clusters know, and those of {@code sync.policy} that say
 * what clusters get.
 */
final class GlobalServiceSection {
  /** A global name, as objects of clusters may have it. */
  private static final TextValue<String> HOST_NAME =
      new TextValue<>(
          "the name of one host, such as shop.gslb.example.com", "", GlobalServiceSection::host);

  private static final Key<String> HOST =
      Key.otherwise("host", HOST_NAME, "targetRefs say the hosts", "the global name");
  private static final Key<List<String>> ALIASES =
      Key.optional("aliases", ListValue.any(HOST_NAME), List.of(), "names with the same answers");

  private static final TextValue<String> GROUP =
      Texts.matching("an API group, such as gateway.networking.k8s.io", "[a-z0-9.-]{0,253}");
  private static final Key<String> TARGET_GROUP =
      Key.otherwise(
          "group", GROUP, "the kind's own", "the API group, as Gateway API's policies say it");
  private static final Key<String> TARGET_KIND =
      Key.required(
          "kind",
          WordValue.of("Gateway", "Gateway")
              .or("HTTPRoute", "HTTPRoute")
              .or("GRPCRoute", "GRPCRoute")
              .or("TLSRoute", "TLSRoute")
              .or("TCPRoute", "TCPRoute")
              .or("UDPRoute", "UDPRoute")
              .or("Ingress", "Ingress")
              .or("Service", "Service")
              .or("Route", "Route"),
          "the kind of object");
  private static final Key<String> TARGET_NAME =
      Key.required("name", Texts.FOREIGN_NAME, "an object of the same namespace");
  private static final KeyTable TARGET_KEYS =
      KeyTable.of("a target", TARGET_GROUP, TARGET_KIND, TARGET_NAME);
  private static final Key<List<Section>> TARGETS =
      Key.otherwise(
          "targetRefs",
          new ListValue<>(new SectionValue(TARGET_KEYS), 1),
          "host says the name",
          "objects of the leader's own that the hosts are of: a Gateway stands for its routes");

  private static final Key<Map<String, String>> SELECTOR =
      Key.optional(
          "selector",
          new LabelsValue(),
          Map.of(),
          "labels that an object with such a host must have, all of them");
  private static final Key<Duration> TTL =
      Key.otherwise("ttl", Durations.TTL, "as sync.policy has it", "how long an answer is cached");
  private static final Key<Kind> ALGORITHM =
      Key.otherwise(
          "algorithm",
          WordValue.of("round-robin", Kind.ROUND_ROBIN)
              .or("consistent-hash", Kind.CONSISTENT_HASH)
              .or("geo", Kind.GEO)
              .or("topology", Kind.TOPOLOGY),
          "as sync.policy has it",
          "how a member is chosen");
  private static final Key<String> TOPOLOGY =
      Key.otherwise(
          "topology", Texts.LABEL, "the only one of the file", "topology: its rules, of the file");
  private static final Key<Section> DOWN_RESPONSE =
      Key.otherwise(
          "downResponse",
          new SectionValue(DownResponseSection.IMPORTED_KEYS),
          "as sync.policy has it",
          "what is said when no member is up");
  private static final Key<List<String>> MONITORS =
      Key.optional(
          "monitors",
          ListValue.any(Texts.LABEL),
          List.of(),
          "checks of each member: monitors of the file, or HealthMonitors of the same namespace");

  private static final Key<String> CLUSTER =
      Key.required("cluster", Texts.FOREIGN_NAME, "the context of one of sync.clusters");
  private static final Key<Integer> WEIGHT =
      Key.otherwise(
          "weight",
          Numbers.between(1, TrafficSplit.MAX_WEIGHT),
          "as sync.policy has it",
          "its members' weight");
  private static final Key<Integer> PRIORITY =
      Key.otherwise(
          "priority",
          Numbers.between(0, TrafficSplit.MAX_PRIORITY),
          "as sync.policy has it",
          "its pool's priority; 0 = probed, never chosen");
  private static final Key<InetAddress> PUBLIC_ADDRESS =
      Key.otherwise(
          "publicAddress",
          Addresses.HOST,
          "each member's own",
          "what all but private clients get; probes go to the address");
  private static final KeyTable SPLIT_KEYS =
      KeyTable.of("a cluster's share", CLUSTER, WEIGHT, PRIORITY, PUBLIC_ADDRESS);
  private static final Key<List<Section>> TRAFFIC_SPLIT =
      Key.optional(
          "trafficSplit",
          ConfigSection.sections(SPLIT_KEYS, 0),
          List.of(),
          "each cluster's share; one that is not listed has that of sync.policy");

  private static final Key<Integer> MEMBER_WEIGHT =
      Key.optional(
          "weight",
          Numbers.between(1, TrafficSplit.MAX_WEIGHT),
          TrafficSplit.DEFAULT_WEIGHT,
          "its share beside the others of its pool");
  private static final Key<Integer> MEMBER_PRIORITY =
      Key.optional(
          "priority",
          Numbers.between(0, TrafficSplit.MAX_PRIORITY),
          TrafficSplit.DEFAULT_PRIORITY,
          "its pool's priority; 0 = probed, never chosen");
  private static final KeyTable MEMBER_KEYS =
      KeyTable.of(
          "a member",
          MemberSection.SITE,
          MemberSection.ADDRESS,
          MemberSection.HOSTNAME,
          MemberSection.PUBLIC_ADDRESS,
          MEMBER_WEIGHT,
          MEMBER_PRIORITY);
  private static final Key<List<Section>> MEMBERS =
      Key.optional(
          "members",
          ConfigSection.sections(MEMBER_KEYS, 0),
          List.of(),
          "further members, which no cluster knows");

  static final KeyTable KEYS =
      KeyTable.of(
          "a GlobalService",
          HOST,
          ALIASES,
          TARGETS,
          SELECTOR,
          TTL,
          ServiceSection.DYNAMIC_TTL,
          ServiceSection.ANSWERS,
          MONITORS,
          ServiceSection.MONITORS_REQUIRED,
          DOWN_RESPONSE,
          ServiceSection.MIN_MEMBERS_UP,
          ALGORITHM,
          AlgorithmKeys.HASH_MASK,
          AlgorithmKeys.FALLBACK,
          TOPOLOGY,
          PoolSection.MANUAL_RESUME,
          PoolSection.RESUME_AFTER,
          PoolSection.SLOW_START,
          TRAFFIC_SPLIT,
          MEMBERS);

  private GlobalServiceSection() {}

  static GlobalServiceSpec read(Section service) {
    String host = service.find(HOST);
    List<Target> targets =
        service.has(TARGETS)
            ? service.get(TARGETS).stream().map(GlobalServiceSection::target).toList()
            : List.of();
    if (service.has(HOST) == service.has(TARGETS)) {
      service.error(HOST, "exactly one of host, targetRefs is needed");
    }
    if (!service.has(HOST)) {
      service.refuse(ALIASES, "a GlobalService with a host");
      service.refuse(MEMBERS, "a GlobalService with a host");
    }
    Section down = service.find(DOWN_RESPONSE);
    return new GlobalServiceSpec(
        host,
        targets,
        service.get(ALIASES),
        service.get(SELECTOR),
        service.find(TTL),
        split(service),
        service.get(MEMBERS).stream().map(GlobalServiceSection::member).toList(),
        algorithm(service),
        down == null ? null : told(DownResponseSection.readImported(down)),
        service.get(MONITORS),
        options(service));
  }

  private static String host(String text) {
    String host = HostNames.normal(text);
    String problem = HostNames.problem(host);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    return host;
  }

  private static Target target(Section target) {
    String group = target.find(TARGET_GROUP);
    return new Target(group == null ? "" : group, target.get(TARGET_KIND), target.get(TARGET_NAME));
  }

  private static List<Share> split(Section service) {
    Set<String> clusters = new HashSet<>();
    List<Section> shares = service.get(TRAFFIC_SPLIT);
    for (Section share : shares) {
      if (!clusters.add(share.get(CLUSTER)) && share.isSound(CLUSTER)) {
        share.error(CLUSTER, "this cluster's share is said twice");
      }
    }
    return shares.stream()
        .map(
            share ->
                new Share(
                    share.get(CLUSTER),
                    share.find(WEIGHT),
                    share.find(PRIORITY),
                    share.find(PUBLIC_ADDRESS)))
        .toList();
  }

  private static Member member(Section member) {
    InetAddress address = member.find(MemberSection.ADDRESS);
    Name hostname = member.find(MemberSection.HOSTNAME);
    InetAddress outside = member.find(MemberSection.PUBLIC_ADDRESS);
    if (member.has(MemberSection.ADDRESS) == member.has(MemberSection.HOSTNAME)) {
      member.error(MemberSection.ADDRESS, "exactly one of address, hostname is needed");
    }
    if (outside != null && address != null && outside.getClass() != address.getClass()) {
      member.error(MemberSection.PUBLIC_ADDRESS, "is of another family than the address");
    }
    if (address == null) {
      member.refuse(MemberSection.PUBLIC_ADDRESS, "a member with an address");
    }
    return new Member(
        member.get(MemberSection.SITE),
        address != null ? address.getHostAddress() : HostNames.normal(String.valueOf(hostname)),
        member.get(MEMBER_WEIGHT),
        member.get(MEMBER_PRIORITY),
        outside);
  }

  private static @Nullable PoolAlgorithm algorithm(Section service) {
    Kind kind = service.find(ALGORITHM);
    String topology = service.find(TOPOLOGY);
    Algorithm.HashMask mask = AlgorithmKeys.mask(service);
    Algorithm.Fallback fallback = AlgorithmKeys.fallback(service.get(AlgorithmKeys.FALLBACK));
    if (service.isSound(ALGORITHM)) {
      AlgorithmKeys.refuseOthers(service, kind == null ? Kind.ROUND_ROBIN : kind);
    }
    return switch (kind) {
      case null -> null;
      case CONSISTENT_HASH -> hash(mask);
      case GEO ->
          new PoolAlgorithm(
              "geo",
              null,
              fallback instanceof Algorithm.Fallback.ConsistentHash(var bits)
                  ? hash(bits)
                  : PoolAlgorithm.of("round-robin"));
      case TOPOLOGY -> new PoolAlgorithm("topology", null, null, topology, null);
      case ROUND_ROBIN, PREFERENCE_ORDER -> PoolAlgorithm.of("round-robin");
    };
  }

  private static PoolAlgorithm hash(Algorithm.HashMask mask) {
    return new PoolAlgorithm("consistent-hash", mask.ipv4(), mask.ipv6(), null, null);
  }

  private static DownResponse told(io.fairlead.policy.spec.DownResponse response) {
    return switch (response) {
      case AllRecords() -> new DownResponse("all-records", null);
      case None() -> DownResponse.NONE;
      case NoData() -> new DownResponse("no-data", null);
      case Servfail() -> new DownResponse("servfail", null);
      case FallbackAddress(var ipv4, var ipv6) ->
          ipv4 == null
              ? new DownResponse("fallback-address", ipv6)
              : new DownResponse("fallback-address", ipv4, ipv6);
      case Cname _ -> DownResponse.NONE; // refused where it is read
    };
  }

  private static ServiceOptions options(Section service) {
    Boolean manual = service.find(PoolSection.MANUAL_RESUME);
    Duration resumeAfter = service.find(PoolSection.RESUME_AFTER);
    if (Boolean.TRUE.equals(manual) && resumeAfter != null) {
      service.error(
          PoolSection.RESUME_AFTER,
          "with manualResume only an operator resumes; leave one of them out");
    }
    Duration doubt = service.find(ServiceSection.DYNAMIC_TTL);
    return new ServiceOptions(
        service.find(ServiceSection.ANSWERS),
        service.find(ServiceSection.MIN_MEMBERS_UP),
        service.find(ServiceSection.MONITORS_REQUIRED),
        doubt == null || doubt.equals(DynamicTtl.OFF) ? null : doubt,
        manual,
        resumeAfter,
        service.find(PoolSection.SLOW_START));
  }
}
