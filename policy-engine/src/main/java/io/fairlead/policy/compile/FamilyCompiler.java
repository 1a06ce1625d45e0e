package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.policy.choose.Candidate;
import io.fairlead.policy.choose.DownChooser;
import io.fairlead.policy.choose.Picker;
import io.fairlead.policy.choose.PoolPlan;
import io.fairlead.policy.choose.PoolsChooser;
import io.fairlead.policy.choose.RoundRobinPicker;
import io.fairlead.policy.explain.PoolFate;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Decides, for one address family at one liveness, which pools answer, and compiles those. */
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
  private final List<PoolMembers> pools;

  FamilyCompiler(ServiceSpec service, FamilyMembers members, Liveness liveness) {
    this.service = service;
    this.pools =
        service.pools().stream()
            .sorted(Comparator.comparingInt(PoolSpec::priority).reversed())
            .map(pool -> new PoolMembers(pool, members.candidates(pool, liveness)))
            .toList();
  }

  Chooser compile() {
    for (PoolMembers pool : pools) {
      if (pool.has(Availability::eligible)) {
        return inGoodTimes(pool.pool().priority());
      }
    }
    return switch (service.downResponse()) {
      case DownResponse.None() -> allDown(Choice.Outcome.DROP);
      case DownResponse.NoData() -> allDown(Choice.Outcome.RECORDS);
      case DownResponse.Servfail() -> allDown(Choice.Outcome.SERVFAIL);
      case DownResponse.AllRecords() -> allRecords();
    };
  }

  /** The pools of the highest priority that can answer take turns. */
  private Chooser inGoodTimes(int priority) {
    var plans = new ArrayList<PoolPlan>();
    var pickers = new ArrayList<Picker>();
    for (PoolMembers pool : pools) {
      boolean taken = pool.pool().priority() == priority && pool.has(Availability::eligible);
      plans.add(plan(pool, taken ? PoolFate.TAKEN : whyLeft(pool)));
      if (taken) {
        pickers.add(picker(pool, Availability::eligible));
      }
    }
    int answers =
        service.answers() == ServiceSpec.ALL_ANSWERS ? Choice.CAPACITY : service.answers();
    return new PoolsChooser(plans, pickers, pickers.size(), answers, null);
  }

  /** All enabled members of all pools, the pools of the highest priority in front. */
  private Chooser allRecords() {
    var plans = new ArrayList<PoolPlan>();
    var pickers = new ArrayList<Picker>();
    int highest = PoolSpec.NEVER;
    int sharing = 0;
    for (PoolMembers pool : pools) {
      boolean taken = pool.has(Availability::enabled);
      plans.add(plan(pool, taken ? PoolFate.LAST_RESORT : whyLeft(pool)));
      if (taken) {
        pickers.add(picker(pool, Availability::enabled));
        highest = Math.max(highest, pool.pool().priority());
        sharing += pool.pool().priority() == highest ? 1 : 0;
      }
    }
    return new PoolsChooser(plans, pickers, sharing, Choice.CAPACITY, service.downResponse());
  }

  private Chooser allDown(Choice.Outcome outcome) {
    var plans = pools.stream().map(pool -> plan(pool, whyLeft(pool))).toList();
    return new DownChooser(plans, service.downResponse(), outcome);
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

  private static Picker picker(PoolMembers pool, Predicate<Availability> passes) {
    var candidates =
        pool.candidates().stream()
            .filter(candidate -> passes.test(candidate.availability()))
            .toList();
    int[] records = candidates.stream().mapToInt(Candidate::record).toArray();
    return switch (pool.pool().algorithm()) {
      case Algorithm.RoundRobin() ->
          new RoundRobinPicker(
              Schedules.of(candidates.stream().mapToInt(c -> c.member().weight()).toArray()),
              records);
    };
  }
}
