package io.fairlead.health.verdict;

import java.time.Instant;

/**
 * What is known of a target.
 *
 * @param lastKnown the verdict before a restart or a change of the target, for as long as the
 *     present one is UNKNOWN; UNKNOWN where there was none
 * @param since when the verdict became what it is
 * @param reason the last counted probe's result in plain words: "status 200 in 3 ms", "refused"
 * @param warning what will go wrong one day, such as a certificate that ends soon; empty = nothing
 * @param contradicted whether the last probe speaks against the verdict, which has not turned yet
 */
public record TargetStatus(
    Verdict verdict,
    Verdict lastKnown,
    Instant since,
    String reason,
    String warning,
    boolean contradicted) {
  public TargetStatus(Verdict verdict, Instant since, String reason) {
    this(verdict, Verdict.UNKNOWN, since, reason, "", false);
  }

  /** Whether it may soon be another one: nothing is known yet, or the last probe speaks against. */
  public boolean isInDoubt() {
    return contradicted || verdict == Verdict.UNKNOWN;
  }
}
