package io.fairlead.policy.spec;

import io.fairlead.dns.wire.Name;
import java.net.Inet4Address;
import java.net.Inet6Address;
import org.jspecify.annotations.Nullable;

/**
 * What is said when no member is eligible. Never NXDOMAIN: resolvers would remember it for the
 * whole name (RFC 8020).
 */
public sealed interface DownResponse {
  /** Nothing is sent. */
  record None() implements DownResponse {}

  /** NOERROR without records. */
  record NoData() implements DownResponse {}

  /** SERVFAIL. */
  record Servfail() implements DownResponse {}

  /** All enabled members, health set aside: perhaps it is our view that is wrong. */
  record AllRecords() implements DownResponse {}

  /** An address of last resort; a family that is null is NOERROR without records. */
  record FallbackAddress(@Nullable Inet4Address ipv4, @Nullable Inet6Address ipv6)
      implements DownResponse {}

  /** A name of last resort, for both families. */
  record Cname(Name target) implements DownResponse {}
}
