package io.fairlead.policy.spec;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where VIPs are.
 *
 * @param location null = unknown
 * @param enabled false = none of its members is an answer
 * @param monitors names of the monitors of the site itself: where one of them fails, all of its
 *     members are down
 * @param address where those probe; null = they need none
 */
public record SiteSpec(
    String name,
    @Nullable Location location,
    boolean enabled,
    List<String> monitors,
    @Nullable InetAddress address) {
  public SiteSpec {
    monitors = List.copyOf(monitors);
  }

  /** A site without checks of its own. */
  public SiteSpec(String name, @Nullable Location location, boolean enabled) {
    this(name, location, enabled, List.of(), null);
  }
}
