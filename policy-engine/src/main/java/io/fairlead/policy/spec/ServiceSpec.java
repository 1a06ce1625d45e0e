package io.fairlead.policy.spec;

import io.fairlead.dns.wire.Name;
import java.util.List;

/**
 * A global name and its pools.
 *
 * @param name the global name; its first label may be {@code *} (RFC 4592)
 * @param aliases further names that get the same answers
 * @param ttlSeconds of every record of the answer
 * @param answers records in one reply; {@link #ALL_ANSWERS} = all that are eligible
 * @param monitors names of the monitors of each member; empty = not probed, taken as up
 * @param downResponse what is said when no member is eligible
 * @param pools in the order of the file
 */
public record ServiceSpec(
    Name name,
    List<Name> aliases,
    int ttlSeconds,
    int answers,
    List<String> monitors,
    DownResponse downResponse,
    List<PoolSpec> pools) {
  public static final int ALL_ANSWERS = 0;

  /** Avi's num_dns_ip: 1 to 20, or all. */
  public static final int MAX_ANSWERS = 20;

  public ServiceSpec {
    aliases = List.copyOf(aliases);
    monitors = List.copyOf(monitors);
    pools = List.copyOf(pools);
  }
}
