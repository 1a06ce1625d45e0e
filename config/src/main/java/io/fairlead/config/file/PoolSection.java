package io.fairlead.config.file;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.PoolSpec;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of the {@code pools} of a service. */
final class PoolSection {
  static final WordValue<Algorithm> ALGORITHMS =
      WordValue.<Algorithm>of("round-robin", new Algorithm.RoundRobin())
          .later("consistent-hash", "geo", "topology", "preference-order");

  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what people call it; once in a service");
  private static final Key<Integer> PRIORITY =
      Key.optional(
          "priority",
          Numbers.between(PoolSpec.NEVER, PoolSpec.MAX_PRIORITY),
          PoolSpec.DEFAULT_PRIORITY,
          "the highest pool with a member up is used; 0 = probed, never chosen");
  private static final Key<Algorithm> ALGORITHM =
      Key.optional("algorithm", ALGORITHMS, new Algorithm.RoundRobin(), "how a member is chosen");
  private static final Key<Boolean> ENABLED =
      Key.optional("enabled", Numbers.TRUE_OR_FALSE, true, "false: never used");
  private static final Key<List<Section>> MEMBERS =
      Key.required("members", ConfigSection.sections(MemberSection.KEYS, 1), "the VIPs");

  static final KeyTable KEYS =
      KeyTable.of("a pool", NAME, PRIORITY, ALGORITHM, ENABLED, MEMBERS)
          .later("fallback", "what chooses where the algorithm cannot tell")
          .later("hashMask", "how much of a client's address is hashed")
          .later("topology", "the rules of algorithm topology")
          .later("location", "where the pool is")
          .later("manualResume", "whether a failed member waits for an operator")
          .later("resumeAfter", "how long a failed member stays out")
          .later("slowStart", "how a recovered member's share grows");

  private PoolSection() {}

  static PoolSpec read(Section pool, Declared pools, Declared sites) {
    Map<InetAddress, Integer> lines = new HashMap<>();
    return new PoolSpec(
        pools.declare(pool, NAME),
        pool.get(PRIORITY),
        pool.get(ALGORITHM),
        pool.get(ENABLED),
        pool.get(MEMBERS).stream()
            .map(member -> MemberSection.read(member, sites, lines))
            .toList());
  }
}
