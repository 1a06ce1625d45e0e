package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.choose.Candidate;
import io.fairlead.policy.choose.DownChooser;
import io.fairlead.policy.choose.Picker;
import io.fairlead.policy.choose.PoolDistances;
import io.fairlead.policy.choose.PoolPlan;
import io.fairlead.policy.choose.PoolsChooser;
import io.fairlead.policy.choose.PublicAddresses;
import io.fairlead.policy.choose.Responder;
import io.fairlead.policy.explain.PoolFate;
import io.fairlead.policy.geo.AddressTable;
import io.fairlead.policy.geo.Globe;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.TopologySpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides, for one type at one liveness, which pools answer, and compiles those. */
final class FamilyCompiler {
  private record PoolMembers(PoolSpec pool, List<Candidate> candidates) {
    /** Whether it may be chosen at all, and has a member that passes. */
    boolean has(Predicate<Availability> passes) {
      return pool.enabled()
          && pool.priority() != PoolSpec.NEVER
          && candidates.stream().map(Candidate::availability).anyMatch(passes);
    }
  }

  private final ServiceSpec service;
  private final FamilyMembers members;
  private final PickerCompiler pickers;
  private final Surroundings surroundings;
  private final List<PoolMembers> pools;

  FamilyCompiler(
      ServiceSpec service,
      FamilyMembers members,
      Liveness liveness,
      PickerCompiler pickers,
      Surroundings surroundings) {
    this.surroundings = surroundings;
    this.service = service;
    this.members = members;
    this.pickers = pickers;
    this.pools =
        service.pools().stream()
            .sorted(Comparator.comparingInt(PoolSpec::priority).reversed())
            .map(pool -> new PoolMembers(pool, members.candidates(pool, liveness)))
            .toList();
  }

  /** Whether a member of this type can answer. */
  boolean isUp() {
    return pools.stream().anyMatch(pool -> pool.has(Availability::eligible));
  }

  Chooser compile() {
    return isUp() ? inGoodTimes() : whenDown();
  }

  private Chooser inGoodTimes() {
    boolean byDistance = service.poolSelection() == ServiceSpec.PoolSelection.GEO;
    int lowest = lowestPriorityTaken();
    int highest = highestPriority();
    var plans = new ArrayList<PoolPlan>();
    var taken = new ArrayList<PoolMembers>();
    int joined = 0;
    for (PoolMembers pool : pools) {
      boolean up = pool.has(Availability::eligible);
      boolean joins = up && pool.pool().priority() >= lowest;
      if (joins || (up && byDistance)) {
        taken.add(pool);
        joined += joins ? 1 : 0;
        boolean first = pool.pool().priority() == highest;
        plans.add(
            plan(
                pool,
                byDistance ? PoolFate.BY_DISTANCE : first ? PoolFate.TAKEN : PoolFate.JOINED));
      } else {
        plans.add(plan(pool, whyLeft(pool)));
      }
    }
    int answers =
        service.answers() == ServiceSpec.ALL_ANSWERS ? Choice.CAPACITY : service.answers();
    var order =
        new PoolsChooser.Order(
            joined, joined, pickers.givesEverybody(), byDistance ? distances(taken) : null);
    var algorithms =
        taken.stream()
            .map(pool -> pickers.compile(pool.pool(), pool.candidates(), Availability::eligible))
            .toList();
    return PoolsChooser.inGoodTimes(
        plans,
        algorithms,
        order,
        answers,
        publicAddresses(),
        taken.stream().anyMatch(FamilyCompiler::isStrict) ? whenDown() : null);
  }

  private PoolDistances distances(List<PoolMembers> taken) {
    var locations = new ArrayList<@Nullable Location>();
    taken.forEach(pool -> locations.add(pool.pool().location()));
    return new PoolDistances(pickers.placer(), Globe.of(locations));
  }

  private @Nullable PublicAddresses publicAddresses() {
    int[] records = members.publicRecords();
    if (records == null) {
      return null;
    }
    var privateClients =
        service.privateClients() == null
            ? AddressTable.constant(0)
            : surroundings.membershipOf(service.privateClients());
    return new PublicAddresses(pickers.asker(), privateClients, records);
  }

  private static boolean isStrict(PoolMembers pool) {
    return pool.pool().algorithm() instanceof Algorithm.Topology(var topology)
        && topology.rules().stream().anyMatch(TopologySpec.Rule::strict);
  }

  private int highestPriority() {
    return pools.stream()
        .filter(pool -> pool.has(Availability::eligible))
        .mapToInt(pool -> pool.pool().priority())
        .max()
        .orElse(PoolSpec.NEVER);
  }

  /**
   * Pools join by falling priority until the service has as many members up as it wants; those of
   * equal priority join together, because they share their turns anyway.
   */
  private int lowestPriorityTaken() {
    Set<Integer> gathered = new HashSet<>();
    int lowest = PoolSpec.MAX_PRIORITY;
    for (PoolMembers pool : pools) {
      if (gathered.size() >= service.minMembersUp() && pool.pool().priority() < lowest) {
        break;
      }
      if (pool.has(Availability::eligible)) {
        lowest = pool.pool().priority();
        pool.candidates().stream()
            .filter(candidate -> candidate.availability().eligible())
            .forEach(candidate -> gathered.add(candidate.record()));
      }
    }
    return lowest;
  }

  private Responder whenDown() {
    return switch (service.downResponse()) {
      case DownResponse.None() -> allDown(Choice.Outcome.DROP);
      case DownResponse.NoData() -> allDown(Choice.Outcome.RECORDS);
      case DownResponse.Servfail() -> allDown(Choice.Outcome.SERVFAIL);
      case DownResponse.AllRecords() -> allRecords();
      case DownResponse.FallbackAddress(var ipv4, var ipv6) ->
          switch (members.type()) {
            case RrType.A -> fallback(ipv4);
            case RrType.AAAA -> fallback(ipv6);
            default -> ownName();
          };
      case DownResponse.Cname(var target) ->
          lastResort(RrType.CNAME, target.wire(), target.toString());
    };
  }

  private Responder fallback(@Nullable InetAddress address) {
    return address == null
        ? allDown(Choice.Outcome.RECORDS)
        : lastResort(members.type(), address.getAddress(), address.getHostAddress());
  }

  /** Whoever has an address of last resort is still found at the name of the service. */
  private Responder ownName() {
    int record = members.ownName();
    return record == FamilyMembers.NONE
        ? allDown(Choice.Outcome.RECORDS)
        : DownChooser.lastResort(
            plansOfNone(), service.downResponse(), record, service.name().toString());
  }

  private Responder allDown(Choice.Outcome outcome) {
    return DownChooser.of(plansOfNone(), service.downResponse(), outcome);
  }

  private Responder lastResort(int recordType, byte[] rdata, String target) {
    int record = members.addLastResort(recordType, rdata);
    return DownChooser.lastResort(plansOfNone(), service.downResponse(), record, target);
  }

  private List<PoolPlan> plansOfNone() {
    return pools.stream().map(pool -> plan(pool, whyLeft(pool))).toList();
  }

  /** All enabled members of all pools, the pools of the highest priority in front. */
  private Responder allRecords() {
    var plans = new ArrayList<PoolPlan>();
    var taken = new ArrayList<Picker>();
    int highest = PoolSpec.NEVER;
    int sharing = 0;
    for (PoolMembers pool : pools) {
      boolean joins = pool.has(Availability::enabled);
      plans.add(plan(pool, joins ? PoolFate.LAST_RESORT : whyLeft(pool)));
      if (joins) {
        taken.add(pickers.compile(pool.pool(), pool.candidates(), Availability::enabled));
        highest = Math.max(highest, pool.pool().priority());
        sharing += pool.pool().priority() == highest ? 1 : 0;
      }
    }
    return PoolsChooser.allRecords(
        plans,
        taken,
        new PoolsChooser.Order(taken.size(), sharing, pickers.givesEverybody(), null),
        publicAddresses(),
        service.downResponse());
  }

  private PoolPlan plan(PoolMembers pool, PoolFate fate) {
    boolean aliases = members.type() != RrType.SRV && !pool.pool().names().isEmpty();
    return new PoolPlan(pool.pool(), fate, pool.candidates(), aliases);
  }

  private static PoolFate whyLeft(PoolMembers pool) {
    if (!pool.pool().enabled()) {
      return PoolFate.DISABLED;
    }
    if (pool.pool().priority() == PoolSpec.NEVER) {
      return PoolFate.NEVER_CHOSEN;
    }
    if (pool.candidates().isEmpty()) {
      return PoolFate.NO_MEMBER;
    }
    return pool.has(Availability::eligible) ? PoolFate.OUTRANKED : PoolFate.NONE_ELIGIBLE;
  }
}
