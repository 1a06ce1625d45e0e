package io.fairlead.sync.spec;

import java.util.Set;

/**
 * The policy comes from AMKO's objects in a cluster.
 *
 * @param leader the context of the cluster that has them
 * @param writeStatus whether we write to their status what became of them; false while AMKO itself
 *     still does
 * @param monitors the names that their healthMonitorRefs may have
 * @param templates those of them that a healthMonitorTemplate may have
 */
public record AmkoSpec(
    String leader, boolean writeStatus, Set<String> monitors, Set<String> templates) {
  public AmkoSpec {
    monitors = Set.copyOf(monitors);
    templates = Set.copyOf(templates);
  }

  /** No monitor can be referred to. */
  public AmkoSpec(String leader, boolean writeStatus) {
    this(leader, writeStatus, Set.of(), Set.of());
  }
}
