package io.fairlead.health.schedule;

import io.fairlead.health.probe.ProbeResult;
import java.time.Duration;
import java.time.Instant;

/**
 * A probe that is over.
 *
 * @param at when it was
 * @param took from its start to its result, to the microsecond
 */
public record PastProbe(Instant at, Duration took, ProbeResult result) {}
