package io.fairlead.sync.spec;

import org.jspecify.annotations.Nullable;

/**
 * How a member is chosen within a pool.
 *
 * @param name as the configuration file has it: round-robin, consistent-hash, geo, topology
 * @param hashMask leading bits of an IPv4 client address that count, 1 to 31; null = all
 * @param fallback for geo: when the client's place is not known
 */
public record PoolAlgorithm(
    String name, @Nullable Integer hashMask, @Nullable PoolAlgorithm fallback) {
  public static PoolAlgorithm of(String name) {
    return new PoolAlgorithm(name, null, null);
  }
}
