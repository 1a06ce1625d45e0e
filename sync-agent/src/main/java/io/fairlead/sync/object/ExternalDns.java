package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.HostNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The annotation by which external-dns is told names, one or several with commas between. */
public final class ExternalDns {
  private static final String HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";

  private ExternalDns() {}

  /**
   * The names that an object gives itself.
   *
   * @param problems where to say which are no global names
   */
  public static Set<String> hosts(GenericKubernetesResource object, List<String> problems) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String written = annotations == null ? "" : annotations.getOrDefault(HOSTNAME, "");
    Set<String> hosts = new LinkedHashSet<>();
    for (String part : written.split(",", -1)) {
      String host = HostNames.normal(part);
      String problem = host.isEmpty() ? null : HostNames.problem(host);
      if (problem != null) {
        problems.add(problem);
      } else if (!host.isEmpty()) {
        hosts.add(host);
      }
    }
    return hosts;
  }
}
