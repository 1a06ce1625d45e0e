package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Availability;
import io.fairlead.policy.choose.Asker;
import io.fairlead.policy.choose.Candidate;
import io.fairlead.policy.choose.HashPicker;
import io.fairlead.policy.choose.HashSlotsPicker;
import io.fairlead.policy.choose.Picker;
import io.fairlead.policy.choose.Rendezvous;
import io.fairlead.policy.choose.RoundRobinPicker;
import io.fairlead.policy.choose.TableSchedule;
import io.fairlead.policy.choose.TieredPicker;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.Algorithm.HashMask;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Compiles a pool's algorithm over those of its members that pass. */
final class PickerCompiler {
  /**
   * Pools of more members than this, whatever their type, hash by slots: 64 draws are some 0.4 us.
   */
  private static final int MAX_DRAWS = 64;

  private final Asker asker;
  private final HashWinners winners;

  PickerCompiler(ServiceSpec service, HashWinners winners) {
    this.asker = new Asker(service.clientSubnet());
    this.winners = winners;
  }

  /**
   * @param members the pool's of one type
   * @param passes what a member's availability must be; at least one member's is
   */
  Picker compile(PoolSpec pool, List<Candidate> members, Predicate<Availability> passes) {
    var running = members.stream().filter(member -> passes.test(member.availability())).toList();
    return switch (pool.algorithm()) {
      case Algorithm.RoundRobin() -> roundRobin(running);
      case Algorithm.PreferenceOrder() -> preferenceOrder(running);
      case Algorithm.ConsistentHash(var mask) -> hash(pool, mask, members, passes);
    };
  }

  static RoundRobinPicker roundRobin(List<Candidate> running) {
    return new RoundRobinPicker(Schedules.of(weights(running)), records(running));
  }

  private static Picker preferenceOrder(List<Candidate> running) {
    var tiers = new TreeMap<Integer, List<Candidate>>();
    for (Candidate candidate : running) {
      tiers.computeIfAbsent(candidate.member().preference(), _ -> new ArrayList<>()).add(candidate);
    }
    return new TieredPicker(tiers.values().stream().map(PickerCompiler::roundRobin).toList());
  }

  private Picker hash(
      PoolSpec pool, HashMask mask, List<Candidate> members, Predicate<Availability> passes) {
    long[] keys = keys(members);
    var in = new BitSet();
    for (int i = 0; i < keys.length; i++) {
      in.set(i, passes.test(members.get(i).availability()));
    }
    if (Math.max(pool.members().size(), pool.names().size()) > MAX_DRAWS) {
      var all = Arrays.stream(keys).boxed().toList();
      var weights = members.stream().map(member -> member.member().weight()).toList();
      var schedule = new TableSchedule(winners.of(all, weights, in));
      return new HashSlotsPicker(asker, mask, schedule, records(members));
    }
    var running = in.stream().mapToObj(members::get).toList();
    return new HashPicker(
        asker,
        mask,
        in.stream().mapToLong(i -> keys[i]).toArray(),
        weights(running),
        records(running));
  }

  /**
   * By the site and the place among the site's own, so that a site's IPv4 and IPv6 members, listed
   * alike, have equal keys: a client finds both at one site.
   */
  private static long[] keys(List<Candidate> members) {
    Map<String, Integer> ordinals = new HashMap<>();
    return members.stream()
        .map(member -> member.member().site())
        .mapToLong(site -> Rendezvous.key(site, ordinals.merge(site, 1, Integer::sum)))
        .toArray();
  }

  private static int[] weights(List<Candidate> candidates) {
    return candidates.stream().mapToInt(candidate -> candidate.member().weight()).toArray();
  }

  private static int[] records(List<Candidate> candidates) {
    return candidates.stream().mapToInt(Candidate::record).toArray();
  }
}
