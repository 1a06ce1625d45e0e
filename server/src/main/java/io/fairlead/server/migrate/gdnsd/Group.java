package io.fairlead.server.migrate.gdnsd;

import java.util.List;

/**
 * Members that answer together: one of ours pools. A resource is a list of them, each used when
 * those before it are down.
 *
 * @param map the map of geoip by which a client's members are found; empty where all are alike
 * @param serviceTypes what each member must pass; empty where it is taken as up
 */
record Group(
    String label, boolean all, String map, List<Candidate> members, List<String> serviceTypes) {

  /**
   * @param site the datacenter, or the label that the address has
   * @param isName whether it is answered as a CNAME
   */
  record Candidate(String site, String target, boolean isName, int weight) {
    boolean isIpv6() {
      return target.contains(":");
    }

    Candidate at(String datacenter) {
      return new Candidate(datacenter, target, isName, weight);
    }
  }

  Group {
    members = List.copyOf(members);
    serviceTypes = List.copyOf(serviceTypes);
  }

  Group labelled(String other) {
    return new Group(other, all, map, members, serviceTypes);
  }

  boolean hasNames() {
    return members.stream().anyMatch(Candidate::isName);
  }

  /** How many addresses the larger family has, or how many names. */
  int width() {
    long six = members.stream().filter(Candidate::isIpv6).count();
    return (int) Math.max(six, members.size() - six);
  }
}
