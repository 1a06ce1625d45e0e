package io.fairlead.policy.spec;

import java.util.List;

/** A named set of networks. */
public record ClientGroup(String name, List<Network> networks) {
  public ClientGroup {
    networks = List.copyOf(networks);
  }
}
