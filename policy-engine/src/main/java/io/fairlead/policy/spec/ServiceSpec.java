package io.fairlead.policy.spec;

import io.fairlead.dns.wire.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param poolSelection how a pool is chosen
 * @param minMembersUp pools join by falling priority until so many members are eligible; where
 *     there are fewer in all, those answer
 * @param clientSubnet whether the client subnet of a query counts (RFC 7871); else the resolver's
 *     own address
 * @param privateClients who gets a member's address where it has a public one too; null = nobody
 * @param monitorsRequired how many of the monitors must pass for a member to be up; {@link
 *     #ALL_MONITORS} = all of them
 * @param types the record types of its answers
 * @param doubtTtlSeconds the TTL while a verdict about a member may soon be another; {@link
 *     #SAME_TTL} = the same as ever
 */
public record ServiceSpec(
    Name name,
    List<Name> aliases,
    int ttlSeconds,
    int answers,
    List<String> monitors,
    DownResponse downResponse,
    List<PoolSpec> pools,
    PoolSelection poolSelection,
    int minMembersUp,
    boolean clientSubnet,
    @Nullable ClientGroup privateClients,
    int monitorsRequired,
    AnswerTypes types,
    int doubtTtlSeconds) {
  public static final int ALL_MONITORS = 0;

  public static final int SAME_TTL = -1;

  public static final int ALL_ANSWERS = 0;

  /** Avi's num_dns_ip: 1 to 20, or all. */
  public static final int MAX_ANSWERS = 20;

  public static final int DEFAULT_MIN_MEMBERS_UP = 1;

  /** How a pool is chosen among those that can answer. */
  public enum PoolSelection {
    /** The highest priority; equal ones share. */
    PRIORITY,
    /** The nearest to the client; by priority for a client without a known place. */
    GEO
  }

  public ServiceSpec {
    aliases = List.copyOf(aliases);
    monitors = List.copyOf(monitors);
    pools = List.copyOf(pools);
  }

  public ServiceSpec withPools(List<PoolSpec> others) {
    return with(aliases, others);
  }

  public ServiceSpec withAliases(List<Name> others) {
    return with(others, pools);
  }

  private ServiceSpec with(List<Name> otherAliases, List<PoolSpec> otherPools) {
    return new ServiceSpec(
        name,
        otherAliases,
        ttlSeconds,
        answers,
        monitors,
        downResponse,
        otherPools,
        poolSelection,
        minMembersUp,
        clientSubnet,
        privateClients,
        monitorsRequired,
        types,
        doubtTtlSeconds);
  }

  /** A and AAAA, of one TTL whatever the verdicts. */
  public ServiceSpec(
      Name name,
      List<Name> aliases,
      int ttlSeconds,
      int answers,
      List<String> monitors,
      DownResponse downResponse,
      List<PoolSpec> pools,
      PoolSelection poolSelection,
      int minMembersUp,
      boolean clientSubnet,
      @Nullable ClientGroup privateClients,
      int monitorsRequired) {
    this(
        name,
        aliases,
        ttlSeconds,
        answers,
        monitors,
        downResponse,
        pools,
        poolSelection,
        minMembersUp,
        clientSubnet,
        privateClients,
        monitorsRequired,
        AnswerTypes.ADDRESSES,
        SAME_TTL);
  }

  /** Pools by priority, one member is enough, client subnets count. */
  public ServiceSpec(
      Name name,
      List<Name> aliases,
      int ttlSeconds,
      int answers,
      List<String> monitors,
      DownResponse downResponse,
      List<PoolSpec> pools) {
    this(
        name,
        aliases,
        ttlSeconds,
        answers,
        monitors,
        downResponse,
        pools,
        PoolSelection.PRIORITY,
        DEFAULT_MIN_MEMBERS_UP,
        true,
        null,
        ALL_MONITORS);
  }
}
