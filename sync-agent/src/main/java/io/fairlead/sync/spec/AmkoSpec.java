package io.fairlead.sync.spec;

/**
 * The policy comes from AMKO's objects in a cluster.
 *
 * @param leader the context of the cluster that has them
 * @param writeStatus whether we write to their status what became of them; false while AMKO itself
 *     still does
 */
public record AmkoSpec(String leader, boolean writeStatus) {}
