package io.fairlead.policy.spec;

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
}
