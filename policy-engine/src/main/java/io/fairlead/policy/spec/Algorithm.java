package io.fairlead.policy.spec;

/** How a pool chooses among its eligible members. */
public sealed interface Algorithm {
  /** By weight, exactly, spread smoothly. */
  record RoundRobin() implements Algorithm {}

  /** The lowest preference that can answer; equal ones share by weight. */
  record PreferenceOrder() implements Algorithm {}

  /** A client keeps its site for as long as that can answer; sites get clients by weight. */
  record ConsistentHash(HashMask mask) implements Algorithm {}

  /**
   * The nearest member on the globe; those of one place share by weight.
   *
   * @param fallback for a client, or among members, without a known place
   */
  record Geo(Fallback fallback) implements Algorithm {}

  /** The sites that the first matching rule prefers; members of one site share by weight. */
  record Topology(TopologySpec topology) implements Algorithm {}

  /** What geo does without a place. */
  sealed interface Fallback {
    record RoundRobin() implements Fallback {}

    record ConsistentHash(HashMask mask) implements Fallback {}
  }

  /**
   * How much of a client's address counts: clients that agree in so many bits are one.
   *
   * @param ipv4 bits of an IPv4 address, 1 to 32
   * @param ipv6 bits of an IPv6 address, 1 to 128
   */
  record HashMask(int ipv4, int ipv6) {
    public HashMask {
      if (ipv4 < 1 || ipv4 > 32) {
        throw new IllegalArgumentException("an IPv4 hash mask of " + ipv4 + " is outside 1 to 32");
      }
      if (ipv6 < 1 || ipv6 > 128) {
        throw new IllegalArgumentException("an IPv6 hash mask of " + ipv6 + " is outside 1 to 128");
      }
    }
  }
}
