package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Service of type LoadBalancer: addresses and, as AKO writes it beside them, the host from {@code
 * status.loadBalancer.ingress[]}; or the hosts of external-dns' annotation. Probed at its lowest
 * port.
 */
public final class ServiceReader implements ObjectReader {
  private final boolean externalDns;

  /**
   * @param externalDns whether external-dns' annotation gives the hosts
   */
  public ServiceReader(boolean externalDns) {
    this.externalDns = externalDns;
  }

  @Override
  public String kind() {
    return "Service";
  }

  @Override
  public Reading read(Origin origin, GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    if (!"LoadBalancer".equals(Fields.text(tree, "spec", "type"))) {
      return Reading.of(origin, object, List.of(), List.of());
    }
    List<String> problems = new ArrayList<>();
    Set<String> annotated =
        externalDns ? ExternalDns.hosts(object, problems) : new LinkedHashSet<>();
    Check check = check(tree);
    Set<Reading.Vip> vips = new LinkedHashSet<>();
    for (var entry : LoadBalancerStatus.read(tree, problems)) {
      Set<String> hosts = new LinkedHashSet<>(annotated);
      if (entry.hostname() != null && HostNames.problem(entry.hostname()) == null) {
        hosts.add(entry.hostname());
      }
      if (hosts.isEmpty()) {
        problems.add(
            "no host: status.loadBalancer has none beside the address; with external-dns among"
                + " sync.sources its annotation gives one");
      }
      hosts.stream()
          .filter(host -> !entry.destination().equals(new Destination.HostName(host)))
          .forEach(host -> vips.add(new Reading.Vip(host, entry.destination(), check)));
    }
    return Reading.of(origin, object, List.copyOf(vips), problems);
  }

  /** As AKO's monitors: the lowest port, over UDP only where that is UDP. */
  private static Check check(Object tree) {
    int lowest = Integer.MAX_VALUE;
    boolean udp = false;
    for (Object port : Fields.list(tree, "spec", "ports")) {
      Integer number = Fields.number(port, "port");
      if (number != null && number > 0 && number < lowest) {
        lowest = number;
        udp = "UDP".equals(Fields.text(port, "protocol"));
      }
    }
    if (lowest == Integer.MAX_VALUE) {
      return Check.PLAIN;
    }
    return udp ? new Check.Udp(lowest) : new Check.Tcp(lowest);
  }
}
