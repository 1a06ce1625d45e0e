package io.fairlead.policy.spec;

import org.jspecify.annotations.Nullable;

/**
 * A place where VIPs are.
 *
 * @param location null = unknown
 * @param enabled false = none of its members is an answer
 */
public record SiteSpec(String name, @Nullable Location location, boolean enabled) {}
