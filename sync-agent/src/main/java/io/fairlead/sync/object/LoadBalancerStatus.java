package io.fairlead.sync.object;

import io.fairlead.sync.field.Addresses;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Destination;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code status.loadBalancer.ingress[]}, which several kinds of objects have. */
final class LoadBalancerStatus {
  /**
   * One line of it.
   *
   * @param hostname beside an address; where AKO wrote the line it is the host that it is for
   */
  record Entry(Destination destination, @Nullable String hostname) {
    boolean isFor(Set<String> hosts) {
      return hostname != null && hosts.contains(hostname);
    }
  }

  private LoadBalancerStatus() {}

  /**
   * Lines with an address; where there are none, those with a name.
   *
   * @param problems where to say what could not be taken
   */
  static List<Entry> read(Object tree, List<String> problems) {
    List<Entry> addresses = new ArrayList<>();
    List<Entry> names = new ArrayList<>();
    List<?> written = Fields.list(tree, "status", "loadBalancer", "ingress");
    for (Object entry : written) {
      String ip = Fields.text(entry, "ip");
      String hostname = Fields.text(entry, "hostname");
      String host = hostname == null ? null : HostNames.normal(hostname);
      InetAddress address = ip == null ? null : Addresses.parse(ip);
      if (address != null) {
        addresses.add(new Entry(Destination.of(address), host));
      } else if (ip != null) {
        problems.add("\"" + ip + "\" in status.loadBalancer is not an address");
      } else if (host != null && HostNames.problem(host) == null) {
        names.add(new Entry(new Destination.HostName(host), null));
      } else {
        problems.add("status.loadBalancer has neither an address nor a name, but " + hostname);
      }
    }
    if (written.isEmpty()) {
      problems.add("no address in status.loadBalancer yet");
    }
    if (!addresses.isEmpty()) {
      names.forEach(
          entry ->
              problems.add(
                  "status.loadBalancer has only the name %s, no address"
                      .formatted(entry.destination())));
    }
    return addresses.isEmpty() ? names : addresses;
  }
}
