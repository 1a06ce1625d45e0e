package io.fairlead.sync.global;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What GlobalServices and HealthMonitors say together: of each object the last spec that was
 * accepted, as it was written.
 *
 * @param services by host, lower case, without the last dot
 * @param monitors specs of HealthMonitors by namespace/name
 */
public record GlobalPolicy(Map<String, Service> services, Map<String, String> monitors) {
  public static final GlobalPolicy NOTHING = new GlobalPolicy(Map.of(), Map.of());

  public GlobalPolicy {
    services = Map.copyOf(services);
    monitors = Map.copyOf(monitors);
  }

  /** The hosts, each with the labels that an object must have to offer it. */
  public Map<String, Map<String, String>> named() {
    Map<String, Map<String, String>> named = new HashMap<>();
    services.forEach((host, service) -> named.put(host, service.selector()));
    return named;
  }

  /** How many members its GlobalService gives a host. */
  public int ownMembers(String host) {
    Service service = services.get(host);
    return service == null ? 0 : service.members();
  }

  /**
   * The GlobalService of a host.
   *
   * @param created when it was made, as the API writes it
   * @param members how many it gives itself
   * @param spec JSON
   */
  public record Service(
      String namespace,
      String name,
      String created,
      Map<String, String> selector,
      int members,
      String spec) {
    public Service {
      selector = Map.copyOf(selector);
    }

    /** For people. */
    public String from() {
      return "GlobalService " + namespace + "/" + name;
    }

    /** A monitor's name: one of the file's, else that of a HealthMonitor beside the service. */
    public String monitor(String reference, Set<String> ofFile) {
      return ofFile.contains(reference) ? reference : namespace + "/" + reference;
    }
  }
}
