package io.fairlead.health.schedule;

/**
 * How much probing was done since the start, and how much is being done.
 *
 * @param notCounted probes that said nothing of their target: no socket, or this process stood
 *     still
 * @param inFlight probes under way now
 */
public record ProbeCounts(long passed, long failed, long notCounted, int inFlight) {}
