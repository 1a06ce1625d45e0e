package io.fairlead.policy.spec;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A VIP of a site in a pool.
 *
 * @param site the site's name
 * @param weight 1 to {@link #MAX_WEIGHT}
 * @param probeHost Host header and SNI of its probes; null = the service's name
 * @param probePort where its probes go; 0 = the monitor's port
 * @param origin where it comes from, for people: "file", or cluster/namespace/kind/name
 * @param preference 1 to {@link #MAX_PREFERENCE}; the lowest is preferred
 * @param location null = the site's
 * @param publicAddress what all but private clients get, of the same family; null = the address
 */
public record MemberSpec(
    String site,
    InetAddress address,
    int weight,
    boolean enabled,
    @Nullable String probeHost,
    int probePort,
    String origin,
    int preference,
    @Nullable Location location,
    @Nullable InetAddress publicAddress)
    implements PoolMember {
  public static final int MAX_WEIGHT = 1000;
  public static final int DEFAULT_WEIGHT = 1;

  /** Avi's preference_order: 1 to 128. */
  public static final int MAX_PREFERENCE = 128;

  public static final int DEFAULT_PREFERENCE = 1;

  public MemberSpec {
    if (publicAddress != null && publicAddress.getClass() != address.getClass()) {
      throw new IllegalArgumentException(
          "the public address "
              + publicAddress.getHostAddress()
              + " is of another family than "
              + address.getHostAddress());
    }
  }

  /** A member of the first preference at its site, with one address for all. */
  public MemberSpec(
      String site,
      InetAddress address,
      int weight,
      boolean enabled,
      @Nullable String probeHost,
      int probePort,
      String origin) {
    this(
        site,
        address,
        weight,
        enabled,
        probeHost,
        probePort,
        origin,
        DEFAULT_PREFERENCE,
        null,
        null);
  }

  @Override
  public String target() {
    return address.getHostAddress();
  }
}
