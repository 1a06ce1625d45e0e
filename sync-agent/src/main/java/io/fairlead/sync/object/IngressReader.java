package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

  private final boolean externalDns;

  /**
   * @param externalDns whether external-dns' annotation gives further hosts
   */
  public IngressReader(boolean externalDns) {
    this.externalDns = externalDns;
  }

  @Override
  public String kind() {
    return "Ingress";
  }

  @Override
  public Reading read(Origin origin, GenericKubernetesResource object) {
    List<String> problems = new ArrayList<>();
    Object tree = object.getAdditionalProperties();
    Set<String> hosts = new LinkedHashSet<>();
    if (externalDns) {
      hosts.addAll(ExternalDns.hosts(object, problems));
    }
    hosts.addAll(hosts(tree, problems));
    if (hosts.isEmpty() && problems.isEmpty()) {
      problems.add("no host in spec.rules");
    }
    var entries = LoadBalancerStatus.read(tree, problems);
    IngressChecks checks = IngressChecks.of(object, hosts);
    return Reading.of(
        origin, object, List.copyOf(vips(hosts, entries, checks, problems)), problems);
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
    return hosts;
  }

  private static Set<Reading.Vip> vips(
      Set<String> hosts,
      List<LoadBalancerStatus.Entry> entries,
      IngressChecks checks,
      List<String> problems) {
    boolean oneEntryEachHost = entries.stream().anyMatch(e -> e.isFor(hosts));
    Set<Reading.Vip> vips = new LinkedHashSet<>();
    for (LoadBalancerStatus.Entry entry : entries) {
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
        if (entry.destination().equals(new Destination.HostName(host))) {
          problems.add("status.loadBalancer has only the name " + host + ", which is the host");
        } else {
          vips.add(new Reading.Vip(host, entry.destination(), checks.check(host)));
        }
      }
    }
    return vips;
  }
}
