package io.fairlead.health.verdict;

import java.time.Instant;

/**
 * What is known of a target.
 *
 * @param since when the verdict became what it is
 * @param reason the last probe's result in plain words: "status 200 in 3 ms", "refused"
 */
public record TargetStatus(Verdict verdict, Instant since, String reason) {}
