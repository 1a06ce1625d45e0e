package io.fairlead.sync.merge;

import java.net.InetAddress;
import java.util.Comparator;

/**
 * A VIP that an object of a cluster offers for a host.
 *
 * @param host the global name, lower case, without the last dot
 * @param origin cluster/namespace/kind/name of the object
 */
public record ImportedMember(
    String host, String cluster, String site, InetAddress address, Origin origin) {
  /** The object that offers it. */
  public record Origin(String cluster, String namespace, String kind, String name)
      implements Comparable<Origin> {
    private static final Comparator<Origin> ORDER =
        Comparator.comparing(Origin::cluster)
            .thenComparing(Origin::namespace)
            .thenComparing(Origin::kind)
            .thenComparing(Origin::name);

    @Override
    public int compareTo(Origin other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return cluster + "/" + namespace + "/" + kind + "/" + name;
    }
  }
}
