package io.fairlead.sync.merge;

import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.PoolAlgorithm;
import io.fairlead.sync.spec.ServiceOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A global name with the members of all clusters, before anyone maps it to what the policy engine
 * is told.
 *
 * @param algorithm the name of {@code pool}'s algorithm
 * @param members deduplicated by destination, in a stable order
 * @param aliases further names of the same service
 * @param pool how a member is chosen within each pool
 * @param downResponse null = as the server has it by default
 */
public record ImportedService(
    String host,
    Duration ttl,
    String algorithm,
    List<Member> members,
    List<String> aliases,
    PoolAlgorithm pool,
    @Nullable DownResponse downResponse,
    Monitoring monitoring,
    ServiceOptions options) {
  public ImportedService {
    members = List.copyOf(members);
    aliases = List.copyOf(aliases);
  }

  public ImportedService(String host, Duration ttl, String algorithm, List<Member> members) {
    this(
        host,
        ttl,
        algorithm,
        members,
        List.of(),
        PoolAlgorithm.of(algorithm),
        null,
        new Monitoring.Derived(List.of(Check.PLAIN), null),
        ServiceOptions.NONE);
  }

  /**
   * One VIP, or a name.
   *
   * @param priority members of equal priority form a pool
   * @param origins every object that offers this VIP; none for a third-party member
   * @param publicAddress what clients outside are given instead; null = the address
   * @param probeHost whom probes ask for; null = the service's own name
   */
  public record Member(
      String site,
      Destination destination,
      int weight,
      int priority,
      List<ImportedMember.Origin> origins,
      @Nullable InetAddress publicAddress,
      @Nullable String probeHost,
      Provenance provenance) {
    public Member {
      origins = List.copyOf(origins);
    }

    public Member(
        String site,
        InetAddress address,
        int weight,
        int priority,
        List<ImportedMember.Origin> origins) {
      this(
          site, Destination.of(address), weight, priority, origins, null, null, Provenance.UNKNOWN);
    }
  }

  /** How members are known to be alive. */
  public sealed interface Monitoring {
    /** By monitors of these names. */
    record References(List<String> names) implements Monitoring {
      public References {
        names = List.copyOf(names);
      }
    }

    /**
     * By checks that follow from the objects, each one path or port, sorted and none twice.
     *
     * @param template the monitor whose request and codes they take; null = plain ones
     */
    record Derived(List<Check> checks, @Nullable String template) implements Monitoring {
      public Derived {
        checks = List.copyOf(checks);
      }
    }

    /** Not at all. */
    record None() implements Monitoring {}
  }
}
