package io.fairlead.config.file;

import io.fairlead.config.file.AlgorithmKeys.Kind;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.Failback;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.TopologySpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the {@code pools} of a service. */
final class PoolSection {
  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what people call it; once in a service");
  private static final Key<Integer> PRIORITY =
      Key.optional(
          "priority",
          Numbers.between(PoolSpec.NEVER, PoolSpec.MAX_PRIORITY),
          PoolSpec.DEFAULT_PRIORITY,
          "the highest pool with a member up is used; 0 = probed, never chosen");
  private static final Key<Boolean> ENABLED =
      Key.optional("enabled", Numbers.TRUE_OR_FALSE, true, "false: never used");
  static final Key<Section> LOCATION =
      LocationSection.key("unknown: behind the pools at known places", "where it is");
  static final Key<Boolean> MANUAL_RESUME =
      Key.optional(
          "manualResume",
          Numbers.TRUE_OR_FALSE,
          false,
          "true: a member that failed stays out until an operator resumes it");
  static final Key<Duration> RESUME_AFTER =
      Key.otherwise(
          "resumeAfter",
          Durations.between(Duration.ofSeconds(1), Duration.ofHours(24)),
          "at once",
          "how long a member that failed must be well before it is an answer again");
  static final Key<Duration> SLOW_START =
      Key.otherwise(
          "slowStart",
          Durations.between(Duration.ofSeconds(1), Duration.ofHours(24)),
          "off",
          "how long the share of a member that is back grows to its whole weight");
  private static final Key<List<Section>> MEMBERS =
      Key.required("members", ConfigSection.sections(MemberSection.KEYS, 1), "the VIPs or names");

  static final KeyTable KEYS =
      KeyTable.of(
          "a pool",
          NAME,
          PRIORITY,
          AlgorithmKeys.ALGORITHM,
          AlgorithmKeys.HASH_MASK,
          AlgorithmKeys.FALLBACK,
          AlgorithmKeys.TOPOLOGY,
          LOCATION,
          ENABLED,
          MANUAL_RESUME,
          RESUME_AFTER,
          SLOW_START,
          MEMBERS);

  private PoolSection() {}

  /**
   * Reads a pool.
   *
   * @param pools those of its service so far
   * @param serviceNames the name and the aliases of its service
   */
  static PoolSpec read(
      Section pool, Declared pools, Set<Name> serviceNames, Declarations declared) {
    Kind kind = pool.get(AlgorithmKeys.ALGORITHM);
    var members = new PoolMembers(declared.sites(), serviceNames);
    for (Section member : pool.get(MEMBERS)) {
      members.read(member);
      if (pool.isSound(AlgorithmKeys.ALGORITHM)) {
        refuseOthers(member, kind);
      }
    }
    Algorithm algorithm = AlgorithmKeys.read(pool, kind, declared);
    if (algorithm instanceof Algorithm.Topology(var topology)) {
      refuseUnanswerable(pool, topology, members.sites());
    }
    return new PoolSpec(
        pools.declare(pool, NAME),
        pool.get(PRIORITY),
        algorithm,
        pool.get(ENABLED),
        members.addresses(),
        LocationSection.read(pool, LOCATION),
        members.names(),
        failback(pool));
  }

  /** A strict rule whose sites have no member here would leave its clients without an answer. */
  private static void refuseUnanswerable(Section pool, TopologySpec topology, Set<String> sites) {
    for (int i = 0; i < topology.rules().size(); i++) {
      TopologySpec.Rule rule = topology.rules().get(i);
      if (rule.strict()
          && !rule.prefer().isEmpty()
          && Collections.disjoint(rule.prefer(), sites)
          && pool.isSound(AlgorithmKeys.TOPOLOGY, MEMBERS)) {
        pool.error(
            AlgorithmKeys.TOPOLOGY,
            "rule %d of it is strict and prefers %s, where this pool has no member: its clients could"
                    .formatted(i + 1, String.join(", ", rule.prefer()))
                + " never be answered; add a member there, or leave strict out");
      }
    }
  }

  private static Failback failback(Section pool) {
    boolean manual = pool.get(MANUAL_RESUME);
    Duration resumeAfter = pool.find(RESUME_AFTER);
    if (manual && resumeAfter != null && pool.isSound(MANUAL_RESUME, RESUME_AFTER)) {
      pool.error(RESUME_AFTER, "with manualResume only an operator resumes; leave one of them out");
    }
    return new Failback(manual, orZero(resumeAfter), orZero(pool.find(SLOW_START)));
  }

  private static Duration orZero(@Nullable Duration duration) {
    return duration == null ? Duration.ZERO : duration;
  }

  private static void refuseOthers(Section member, Kind kind) {
    if (kind != Kind.PREFERENCE_ORDER) {
      member.refuse(MemberSection.PREFERENCE, "a member of a pool of algorithm preference-order");
    }
    if (kind != Kind.GEO) {
      member.refuse(MemberSection.LOCATION, "a member of a pool of algorithm geo");
    }
  }
}
