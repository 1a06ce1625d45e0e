package io.fairlead.policy.spec;

import io.fairlead.dns.wire.Name;
import org.jspecify.annotations.Nullable;

/**
 * A name of a site in a pool: answered as a CNAME, probed by that name.
 *
 * @param site the site's name
 * @param hostname the CNAME's target
 * @param weight 1 to {@link MemberSpec#MAX_WEIGHT}
 * @param probeHost Host header and SNI of its probes; null = the hostname
 * @param probePort where its probes go; 0 = the monitor's port
 * @param origin where it comes from, for people
 * @param preference 1 to {@link MemberSpec#MAX_PREFERENCE}; the lowest is preferred
 * @param location null = the site's
 */
public record NameMemberSpec(
    String site,
    Name hostname,
    int weight,
    boolean enabled,
    @Nullable String probeHost,
    int probePort,
    String origin,
    int preference,
    @Nullable Location location)
    implements PoolMember {
  @Override
  public String target() {
    return hostname.toString();
  }
}
