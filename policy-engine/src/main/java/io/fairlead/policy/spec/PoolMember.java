package io.fairlead.policy.spec;

import org.jspecify.annotations.Nullable;

/** What all members of pools have in common, be they addresses or names. */
public sealed interface PoolMember permits MemberSpec, NameMemberSpec {
  String site();

  int weight();

  boolean enabled();

  /** 1 to {@link MemberSpec#MAX_PREFERENCE}; the lowest is preferred. */
  int preference();

  /** Null = the site's. */
  @Nullable Location location();

  /** Where it comes from, for people. */
  String origin();

  /** The address or the name, for people. */
  String target();
}
