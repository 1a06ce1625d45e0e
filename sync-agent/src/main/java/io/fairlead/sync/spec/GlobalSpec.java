package io.fairlead.sync.spec;

import java.util.Set;

/**
 * GlobalService and HealthMonitor objects of a cluster say more of services than the file, or
 * AMKO's objects, do.
 *
 * @param leader the context of the cluster that has them
 * @param writeStatus whether we write to their status what became of them
 * @param monitors the names of the file's monitors, which their references may have
 * @param reader who reads their specs
 */
public record GlobalSpec(
    String leader, boolean writeStatus, Set<String> monitors, SpecReader reader) {
  public GlobalSpec {
    monitors = Set.copyOf(monitors);
  }
}
