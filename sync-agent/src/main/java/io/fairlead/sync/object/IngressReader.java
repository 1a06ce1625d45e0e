package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Addresses;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ingress (networking.k8s.io/v1): hosts from {@code spec.rules[].host}, addresses from {@code
 * status.loadBalancer.ingress[]}.
 *
 * <p>Controllers fill the status in two ways. Most write addresses for the whole object; AKO writes
 * one entry for each host, with the host in {@code hostname}. An entry whose hostname is a host of
 * the rules belongs to that host alone; in an object that has such entries, one that names another
 * host is left from a rule that is gone; in all others an address belongs to every host.
 */
public final class IngressReader implements ObjectReader {
  /** More is no Ingress that anyone wrote by hand; hosts times addresses must not eat the heap. */
  static final int MAX_VIPS = 1_000;

  @Override
  public String kind() {
    return "Ingress";
  }

  @Override
  public Reading read(Origin origin, GenericKubernetesResource object) {
    List<String> problems = new ArrayList<>();
    Object tree = object.getAdditionalProperties();
    Set<String> hosts = hosts(tree, problems);
    List<Entry> entries = entries(tree, problems);
    Map<String, String> labels = object.getMetadata().getLabels();
    IngressChecks checks = IngressChecks.of(object, hosts);
    return new Reading(
        origin,
        labels == null ? Map.of() : labels,
        List.copyOf(vips(hosts, entries, checks, problems)),
        problems);
  }

  private static Set<String> hosts(Object tree, List<String> problems) {
    Set<String> hosts = new LinkedHashSet<>();
    for (Object rule : Fields.list(tree, "spec", "rules")) {
      String host = Fields.text(rule, "host");
      if (host == null) {
        continue; // a rule for any host names none
      }
      String normal = HostNames.normal(host);
      String problem = HostNames.problem(normal);
      if (problem == null) {
        hosts.add(normal);
      } else {
        problems.add(problem);
      }
    }
    if (hosts.isEmpty() && problems.isEmpty()) {
      problems.add("no host in spec.rules");
    }
    return hosts;
  }

  private static List<Entry> entries(Object tree, List<String> problems) {
    List<Entry> entries = new ArrayList<>();
    List<?> written = Fields.list(tree, "status", "loadBalancer", "ingress");
    for (Object entry : written) {
      String ip = Fields.text(entry, "ip");
      String hostname = Fields.text(entry, "hostname");
      InetAddress address = ip == null ? null : Addresses.parse(ip);
      if (address != null) {
        entries.add(new Entry(address, hostname == null ? null : HostNames.normal(hostname)));
      } else if (ip != null) {
        problems.add("\"" + ip + "\" in status.loadBalancer is not an address");
      } else {
        problems.add("status.loadBalancer has only the name " + hostname + ", no address");
      }
    }
    if (written.isEmpty()) {
      problems.add("no address in status.loadBalancer yet");
    }
    return entries;
  }

  private static Set<Reading.Vip> vips(
      Set<String> hosts, List<Entry> entries, IngressChecks checks, List<String> problems) {
    boolean oneEntryEachHost = entries.stream().anyMatch(e -> e.isFor(hosts));
    Set<Reading.Vip> vips = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (oneEntryEachHost && entry.hostname() != null && !entry.isFor(hosts)) {
        problems.add(
            "status.loadBalancer names " + entry.hostname() + ", which is no host of the rules");
        continue;
      }
      for (String host : entry.isFor(hosts) ? Set.of(entry.hostname()) : hosts) {
        if (vips.size() == MAX_VIPS) {
          problems.add("more than " + MAX_VIPS + " hosts and addresses; the rest is not taken");
          return vips;
        }
        vips.add(new Reading.Vip(host, entry.address(), checks.check(host)));
      }
    }
    return vips;
  }

  /** One line of the status. */
  private record Entry(InetAddress address, @Nullable String hostname) {
    boolean isFor(Set<String> hosts) {
      return hostname != null && hosts.contains(hostname);
    }
  }
}
