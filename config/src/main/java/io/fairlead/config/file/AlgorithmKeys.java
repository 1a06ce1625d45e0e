package io.fairlead.config.file;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.Algorithm.Fallback;
import io.fairlead.policy.spec.Algorithm.HashMask;
import io.fairlead.policy.spec.TopologySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a pool chooses: {@code algorithm}, and the keys that only one algorithm has. */
final class AlgorithmKeys {
  enum Kind {
    ROUND_ROBIN,
    PREFERENCE_ORDER,
    CONSISTENT_HASH,
    GEO,
    TOPOLOGY
  }

  /** RFC 7871 section 11.1: what resolvers send of a client's address at most. */
  private static final Key<Integer> IPV4 =
      Key.optional("ipv4", Numbers.between(1, 32), 24, "bits of an IPv4 client that count");

  private static final Key<Integer> IPV6 =
      Key.optional("ipv6", Numbers.between(1, 128), 56, "bits of an IPv6 client that count");

  private static final KeyTable MASK_KEYS = KeyTable.of("a hash mask", IPV4, IPV6);

  static final Key<Section> HASH_MASK =
      Key.section("hashMask", MASK_KEYS, "consistent-hash: how much of a client's address counts");

  private static final Key<Kind> FALLBACK_ALGORITHM =
      Key.optional(
          "algorithm",
          WordValue.of("round-robin", Kind.ROUND_ROBIN).or("consistent-hash", Kind.CONSISTENT_HASH),
          Kind.ROUND_ROBIN,
          "how a member is chosen then");

  private static final KeyTable FALLBACK_KEYS =
      KeyTable.of("a fallback", FALLBACK_ALGORITHM, HASH_MASK);

  static final Key<Section> FALLBACK =
      Key.section("fallback", FALLBACK_KEYS, "geo: for a client whose place nobody knows");
  static final Key<Kind> ALGORITHM =
      Key.optional(
          "algorithm",
          WordValue.of("round-robin", Kind.ROUND_ROBIN)
              .or("preference-order", Kind.PREFERENCE_ORDER)
              .or("consistent-hash", Kind.CONSISTENT_HASH)
              .or("geo", Kind.GEO)
              .or("topology", Kind.TOPOLOGY),
          Kind.ROUND_ROBIN,
          "how a member is chosen");
  static final Key<String> TOPOLOGY =
      Key.otherwise(
          "topology", Texts.LABEL, "none; algorithm topology needs one", "topology: its rules");

  private AlgorithmKeys() {}

  static Algorithm read(Section pool, Kind kind, Declarations declared) {
    Algorithm.ConsistentHash hash = new Algorithm.ConsistentHash(mask(pool));
    var geo = new Algorithm.Geo(fallback(pool.get(FALLBACK)));
    var topology = declared.topologies().find(pool, TOPOLOGY);
    if (!pool.isSound(ALGORITHM)) {
      return new Algorithm.RoundRobin();
    }
    refuseOthers(pool, kind);
    return switch (kind) {
      case ROUND_ROBIN -> new Algorithm.RoundRobin();
      case PREFERENCE_ORDER -> new Algorithm.PreferenceOrder();
      case CONSISTENT_HASH -> hash;
      case GEO -> geo(pool, geo, declared);
      case TOPOLOGY -> topology(pool, topology);
    };
  }

  /** Keys that another algorithm than this has. */
  static void refuseOthers(Section pool, Kind kind) {
    if (kind != Kind.CONSISTENT_HASH) {
      pool.refuse(HASH_MASK, "algorithm consistent-hash");
    }
    if (kind != Kind.GEO) {
      pool.refuse(FALLBACK, "algorithm geo");
    }
    if (kind != Kind.TOPOLOGY) {
      pool.refuse(TOPOLOGY, "algorithm topology");
    }
  }

  private static Algorithm geo(Section pool, Algorithm.Geo geo, Declarations declared) {
    if (!declared.placesOfClients()) {
      pool.error(ALGORITHM, "algorithm geo needs geo.databases, which say where clients are");
    }
    return geo;
  }

  private static Algorithm topology(Section pool, @Nullable TopologySpec topology) {
    if (!pool.has(TOPOLOGY)) {
      pool.error(TOPOLOGY, "algorithm topology needs this key, the name of one of topologies");
    }
    return new Algorithm.Topology(topology != null ? topology : new TopologySpec("", List.of()));
  }

  static Fallback fallback(Section fallback) {
    HashMask mask = mask(fallback);
    if (fallback.get(FALLBACK_ALGORITHM) == Kind.CONSISTENT_HASH) {
      return new Fallback.ConsistentHash(mask);
    }
    if (fallback.isSound(FALLBACK_ALGORITHM)) {
      fallback.refuse(HASH_MASK, "algorithm consistent-hash");
    }
    return new Fallback.RoundRobin();
  }

  static HashMask mask(Section section) {
    Section mask = section.get(HASH_MASK);
    return new HashMask(mask.get(IPV4), mask.get(IPV6));
  }
}
