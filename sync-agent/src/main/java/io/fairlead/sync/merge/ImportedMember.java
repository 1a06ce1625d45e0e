package io.fairlead.sync.merge;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;

/**
 * A VIP that an object of a cluster offers for a host.
 *
 * @param host the global name, lower case, without the last dot
 * @param origin cluster/namespace/kind/name of the object
 * @param backend what the object says beside the destination
 */
public record ImportedMember(
    String host,
    String cluster,
    String site,
    Destination destination,
    Origin origin,
    Backend backend) {
  public ImportedMember(
      String host, String cluster, String site, InetAddress address, Origin origin) {
    this(
        host,
        cluster,
        site,
        Destination.of(address),
        origin,
        new Backend(host, List.of(), Check.PLAIN));
  }

  /**
   * What answers at the address.
   *
   * @param host the object's own host, which probes ask for; the global name unless a HostRule maps
   *     it to another
   * @param aliases further names of the service
   * @param created when the object was made, as the API writes it; empty = not known
   */
  public record Backend(String host, List<String> aliases, Check check, String created) {
    public Backend {
      aliases = List.copyOf(aliases);
    }

    public Backend(String host, List<String> aliases, Check check) {
      this(host, aliases, check, "");
    }

    /** Oldest first; whose age is not known comes last. */
    static final Comparator<Backend> AGE =
        Comparator.comparing((Backend backend) -> backend.created().isEmpty())
            .thenComparing(Backend::created);
  }

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
