package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.zone.Hints;
import io.fairlead.policy.choose.Asker;
import io.fairlead.policy.choose.Candidate;
import io.fairlead.policy.choose.GeoPicker;
import io.fairlead.policy.choose.HashPicker;
import io.fairlead.policy.choose.HashSlotsPicker;
import io.fairlead.policy.choose.LanePicker;
import io.fairlead.policy.choose.Picker;
import io.fairlead.policy.choose.Placer;
import io.fairlead.policy.choose.Rendezvous;
import io.fairlead.policy.choose.RoundRobinPicker;
import io.fairlead.policy.choose.TableSchedule;
import io.fairlead.policy.choose.TieredPicker;
import io.fairlead.policy.choose.TopologyPicker;
import io.fairlead.policy.geo.Globe;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.Algorithm.HashMask;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.TopologySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /** Beside the one that is wanted: as many as a service binding tells. */
  private static final int EVERYBODY = Hints.MAX - 1;

  private final Lanes lanes;
  private final Surroundings surroundings;
  private final boolean everybody;
  private final Asker asker;

  /**
   * Compiles the pools of one type of a service.
   *
   * @param everybody whether members that take turns are all given, because whoever asks may get
   *     any of them
   */
  PickerCompiler(ServiceSpec service, Lanes lanes, Surroundings surroundings, boolean everybody) {
    this.lanes = lanes;
    this.surroundings = surroundings;
    this.everybody = everybody;
    this.asker = new Asker(service.clientSubnet());
  }

  boolean givesEverybody() {
    return everybody;
  }

  Asker asker() {
    return asker;
  }

  Placer placer() {
    return new Placer(asker, surroundings.geo());
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
      case Algorithm.Geo(var fallback) -> geo(pool, fallback, members, running, passes);
      case Algorithm.Topology(var topology) -> topology(pool, topology, running);
    };
  }

  private RoundRobinPicker roundRobin(List<Candidate> running) {
    return new RoundRobinPicker(
        surroundings.scheduleOf(weights(running)), records(running), everybody ? EVERYBODY : 0);
  }

  private Picker preferenceOrder(List<Candidate> running) {
    var tiers = new TreeMap<Integer, List<Candidate>>();
    for (Candidate candidate : running) {
      tiers.computeIfAbsent(candidate.member().preference(), _ -> new ArrayList<>()).add(candidate);
    }
    return new TieredPicker(tiers.values().stream().map(this::roundRobin).toList());
  }

  private Picker geo(
      PoolSpec pool,
      Algorithm.Fallback fallback,
      List<Candidate> members,
      List<Candidate> running,
      Predicate<Availability> passes) {
    var without =
        switch (fallback) {
          case Algorithm.Fallback.RoundRobin() -> inLane(pool, "unplaced", running);
          case Algorithm.Fallback.ConsistentHash(var mask) -> hash(pool, mask, members, passes);
        };
    var groups = new LinkedHashMap<Location, List<Candidate>>();
    for (Candidate candidate : running) {
      Location location = surroundings.locationOf(candidate.member());
      if (location != null) {
        groups.computeIfAbsent(location, _ -> new ArrayList<>()).add(candidate);
      }
    }
    var pickers =
        groups.entrySet().stream()
            .map(group -> inLane(pool, "at " + group.getKey(), group.getValue()))
            .toList();
    return new GeoPicker(placer(), Globe.of(List.copyOf(groups.keySet())), pickers, without);
  }

  /** Each rule's members in tiers: a preferred site after the other, then the rest. */
  private Picker topology(PoolSpec pool, TopologySpec topology, List<Candidate> running) {
    var byRule = new ArrayList<Picker>();
    for (int i = 0; i < topology.rules().size(); i++) {
      var rule = topology.rules().get(i);
      var tiers = new ArrayList<RoundRobinPicker>();
      var rest = new ArrayList<>(running);
      for (String site : rule.prefer()) {
        var preferred = rest.stream().filter(c -> c.member().site().equals(site)).toList();
        rest.removeAll(preferred);
        if (!preferred.isEmpty()) {
          tiers.add(roundRobin(preferred));
        }
      }
      if (!rule.strict() && !rest.isEmpty()) {
        tiers.add(roundRobin(rest));
      }
      byRule.add(new LanePicker(lane(pool, "rule " + i), new TieredPicker(tiers)));
    }
    byRule.add(inLane(pool, "no rule", running));
    return new TopologyPicker(asker, topology, surroundings.rulesOf(topology), byRule);
  }

  private Picker inLane(PoolSpec pool, String name, List<Candidate> running) {
    return new LanePicker(lane(pool, name), roundRobin(running));
  }

  private Turn lane(PoolSpec pool, String name) {
    return lanes.of(pool.name() + " " + name);
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
      var schedule = new TableSchedule(surroundings.hashWinners().of(all, weights(members), in));
      return new HashSlotsPicker(asker, mask, schedule, records(members));
    }
    var running = in.stream().mapToObj(members::get).toList();
    return new HashPicker(
        asker,
        mask,
        in.stream().mapToLong(i -> keys[i]).toArray(),
        running.stream().mapToInt(candidate -> candidate.member().weight()).toArray(),
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

  private static List<Integer> weights(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::weight).toList();
  }

  private static int[] records(List<Candidate> candidates) {
    return candidates.stream().mapToInt(Candidate::record).toArray();
  }
}
