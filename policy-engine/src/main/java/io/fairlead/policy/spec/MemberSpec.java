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
 */
public record MemberSpec(
    String site,
    InetAddress address,
    int weight,
    boolean enabled,
    @Nullable String probeHost,
    int probePort,
    String origin) {
  public static final int MAX_WEIGHT = 1000;
  public static final int DEFAULT_WEIGHT = 1;
}
