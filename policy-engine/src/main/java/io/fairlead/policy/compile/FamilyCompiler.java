package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.choose.Candidate;
import io.fairlead.policy.choose.DownChooser;
import io.fairlead.policy.choose.Picker;
import io.fairlead.policy.choose.PoolPlan;
import io.fairlead.policy.choose.PoolsChooser;
import io.fairlead.policy.explain.PoolFate;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
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
  private final List<PoolMembers> pools;

  FamilyCompiler(
      ServiceSpec service, FamilyMembers members, Liveness liveness, PickerCompiler pickers) {
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
    int lowest = lowestPriorityTaken();
    int highest = highestPriority();
    var plans = new ArrayList<PoolPlan>();
    var taken = new ArrayList<Picker>();
    for (PoolMembers pool : pools) {
      boolean joins = pool.pool().priority() >= lowest && pool.has(Availability::eligible);
      PoolFate fate = pool.pool().priority() == highest ? PoolFate.TAKEN : PoolFate.JOINED;
      plans.add(plan(pool, joins ? fate : whyLeft(pool)));
      if (joins) {
        taken.add(pickers.compile(pool.pool(), pool.candidates(), Availability::eligible));
      }
    }
    int answers =
        service.answers() == ServiceSpec.ALL_ANSWERS ? Choice.CAPACITY : service.answers();
    return new PoolsChooser(plans, taken, taken.size(), answers, null);
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

  private Chooser whenDown() {
    return switch (service.downResponse()) {
      case DownResponse.None() -> allDown(Choice.Outcome.DROP);
      case DownResponse.NoData() -> allDown(Choice.Outcome.RECORDS);
      case DownResponse.Servfail() -> allDown(Choice.Outcome.SERVFAIL);
      case DownResponse.AllRecords() -> allRecords();
      case DownResponse.FallbackAddress(var ipv4, var ipv6) ->
          fallback(members.type() == RrType.A ? ipv4 : ipv6);
      case DownResponse.Cname(var target) ->
          lastResort(RrType.CNAME, target.wire(), target.toString());
    };
  }

  private Chooser fallback(@Nullable InetAddress address) {
    return address == null
        ? allDown(Choice.Outcome.RECORDS)
        : lastResort(members.type(), address.getAddress(), address.getHostAddress());
  }

  private Chooser allDown(Choice.Outcome outcome) {
    return DownChooser.of(plansOfNone(), service.downResponse(), outcome);
  }

  private Chooser lastResort(int recordType, byte[] rdata, String target) {
    int record = members.addLastResort(recordType, rdata);
    return DownChooser.lastResort(plansOfNone(), service.downResponse(), record, target);
  }

  private List<PoolPlan> plansOfNone() {
    return pools.stream().map(pool -> plan(pool, whyLeft(pool))).toList();
  }

  /** All enabled members of all pools, the pools of the highest priority in front. */
  private Chooser allRecords() {
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
    return new PoolsChooser(plans, taken, sharing, Choice.CAPACITY, service.downResponse());
  }

  private static PoolPlan plan(PoolMembers pool, PoolFate fate) {
    return new PoolPlan(pool.pool(), fate, pool.candidates());
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
