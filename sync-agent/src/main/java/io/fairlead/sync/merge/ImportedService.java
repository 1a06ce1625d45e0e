package io.fairlead.sync.merge;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * A global name with the members of all clusters, before anyone maps it to what the policy engine
 * is told.
 *
 * @param members deduplicated by address, in a stable order
 */
public record ImportedService(String host, Duration ttl, String algorithm, List<Member> members) {
  public ImportedService {
    members = List.copyOf(members);
  }

  /**
   * One VIP.
   *
   * @param priority members of equal priority form a pool
   * @param origins every object that offers this VIP
   */
  public record Member(
      String site,
      InetAddress address,
      int weight,
      int priority,
      List<ImportedMember.Origin> origins) {
    public Member {
      origins = List.copyOf(origins);
    }
  }
}
