package io.fairlead.server.control;

import io.fairlead.health.spec.Target;
import java.util.List;

/**
 * A site with what is probed for it.
 *
 * @param enabled whether it is enabled in the file
 * @param targets its own checks: where one of them is down, all of its members are; empty = none
 */
public record PlannedSite(String name, boolean enabled, List<Target> targets) {
  public PlannedSite {
    targets = List.copyOf(targets);
  }
}
