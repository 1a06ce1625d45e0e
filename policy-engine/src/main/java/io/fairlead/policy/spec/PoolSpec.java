package io.fairlead.policy.spec;

import java.util.List;

/**
 * Members that are chosen among by one algorithm.
 *
 * @param priority 0 to 100; the highest pool with an eligible member is used, equal ones take
 *     turns; {@link #NEVER} = probed, never chosen
 */
public record PoolSpec(
    String name, int priority, Algorithm algorithm, boolean enabled, List<MemberSpec> members) {
  public static final int NEVER = 0;
  public static final int MAX_PRIORITY = 100;
  public static final int DEFAULT_PRIORITY = 10;

  public PoolSpec {
    members = List.copyOf(members);
  }
}
