package io.fairlead.policy.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Members that are chosen among by one algorithm: all addresses, or all names.
 *
 * @param priority 0 to 100; the highest pool with an eligible member is used, equal ones take
 *     turns; {@link #NEVER} = probed, never chosen
 * @param members those that are addresses
 * @param location where the pool is, for pool selection by distance; null = unknown
 * @param names those that are names; a pool has none where it has {@code members}
 * @param failback how its members come back
 */
public record PoolSpec(
    String name,
    int priority,
    Algorithm algorithm,
    boolean enabled,
    List<MemberSpec> members,
    @Nullable Location location,
    List<NameMemberSpec> names,
    Failback failback) {
  public static final int NEVER = 0;
  public static final int MAX_PRIORITY = 100;
  public static final int DEFAULT_PRIORITY = 10;

  public PoolSpec {
    members = List.copyOf(members);
    names = List.copyOf(names);
    if (!members.isEmpty() && !names.isEmpty()) {
      throw new IllegalArgumentException(
          "pool " + name + " has addresses and names; a pool has one or the other");
    }
  }

  public PoolSpec withMembers(List<MemberSpec> addresses, List<NameMemberSpec> hostnames) {
    return new PoolSpec(
        name, priority, algorithm, enabled, addresses, location, hostnames, failback);
  }

  /** A pool whose members come back at once. */
  public PoolSpec(
      String name,
      int priority,
      Algorithm algorithm,
      boolean enabled,
      List<MemberSpec> members,
      @Nullable Location location,
      List<NameMemberSpec> names) {
    this(name, priority, algorithm, enabled, members, location, names, Failback.AT_ONCE);
  }

  /** A pool of addresses at no known place. */
  public PoolSpec(
      String name, int priority, Algorithm algorithm, boolean enabled, List<MemberSpec> members) {
    this(name, priority, algorithm, enabled, members, null, List.of());
  }
}
