package io.fairlead.sync.merge;

import java.net.InetAddress;

/**
 * A VIP that an object of a cluster offers for a host.
 *
 * @param host the global name, lower case, without the last dot
 * @param origin cluster/namespace/kind/name of the object
 */
public record ImportedMember(
    String host, String cluster, String site, InetAddress address, Origin origin) {
  /** The object that offers it. */
  public record Origin(String cluster, String namespace, String kind, String name) {
    @Override
    public String toString() {
      return cluster + "/" + namespace + "/" + kind + "/" + name;
    }
  }
}
