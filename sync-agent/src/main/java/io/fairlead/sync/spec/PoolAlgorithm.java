package io.fairlead.sync.spec;

import org.jspecify.annotations.Nullable;

/**
 * How a member is chosen within a pool.
 *
 * @param name as the configuration file has it: round-robin, consistent-hash, geo, topology
 * @param hashMask leading bits of an IPv4 client address that count; null = as by default
 * @param hashMaskIpv6 the same of an IPv6 client address
 * @param topology for topology: the name of its rules; null = the only ones
 * @param fallback for geo: when the client's place is not known
 */
public record PoolAlgorithm(
    String name,
    @Nullable Integer hashMask,
    @Nullable Integer hashMaskIpv6,
    @Nullable String topology,
    @Nullable PoolAlgorithm fallback) {
  /** As AMKO has it, which masks IPv4 alone and knows one topology. */
  public PoolAlgorithm(String name, @Nullable Integer hashMask, @Nullable PoolAlgorithm fallback) {
    this(name, hashMask, null, null, fallback);
  }

  public static PoolAlgorithm of(String name) {
    return new PoolAlgorithm(name, null, null);
  }
}
