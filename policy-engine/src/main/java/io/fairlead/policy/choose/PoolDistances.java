package io.fairlead.policy.choose;

import io.fairlead.policy.geo.Globe;

/**
 * Where the pools are, for a service that chooses them by distance.
 *
 * @param locations of the pools, in their order; a pool at an unknown one is never the nearest
 */
public record PoolDistances(Placer placer, Globe locations) {}
