package io.fairlead.sync.spec;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a GlobalService says of its services; null or empty = does not say.
 *
 * @param host the global name, as it is written; null where targets name the hosts
 * @param targets objects of the leader whose hosts are meant
 * @param aliases further names of the service
 * @param selector labels that an object with such a host must have, all of them
 * @param trafficSplit what each cluster's members get
 * @param members further members, which no cluster knows
 * @param monitors names of the file's monitors, or of HealthMonitors beside it
 */
public record GlobalServiceSpec(
    @Nullable String host,
    List<Target> targets,
    List<String> aliases,
    Map<String, String> selector,
    @Nullable Duration ttl,
    List<Share> trafficSplit,
    List<Member> members,
    @Nullable PoolAlgorithm algorithm,
    @Nullable DownResponse downResponse,
    List<String> monitors,
    ServiceOptions options) {
  public GlobalServiceSpec {
    targets = List.copyOf(targets);
    aliases = List.copyOf(aliases);
    selector = Map.copyOf(selector);
    trafficSplit = List.copyOf(trafficSplit);
    members = List.copyOf(members);
    monitors = List.copyOf(monitors);
  }

  /** An object of the GlobalService's own namespace. */
  public record Target(String group, String kind, String name) {
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }

  /** A cluster's share; null = does not say. */
  public record Share(
      String cluster,
      @Nullable Integer weight,
      @Nullable Integer priority,
      @Nullable InetAddress publicAddress) {}

  /**
   * A member that no cluster knows.
   *
   * @param destination an address or a name
   */
  public record Member(
      String site,
      String destination,
      int weight,
      int priority,
      @Nullable InetAddress publicAddress) {}
}
