package io.fairlead.health.verdict;

/**
 * Makes verdicts of results: so many alike in a row turn it; from UNKNOWN the first one decides.
 */
public final class RiseFall {
  private final int rise;
  private final int fall;
  private Verdict verdict = Verdict.UNKNOWN;
  private int against;

  public RiseFall(int rise, int fall) {
    this.rise = rise;
    this.fall = fall;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** Whether the last result speaks against the verdict, and was not enough to turn it. */
  public boolean isContradicted() {
    return against > 0;
  }

  /** {@return whether the verdict is another now} */
  public boolean count(boolean passed) {
    Verdict said = passed ? Verdict.UP : Verdict.DOWN;
    if (said == verdict) {
      against = 0;
      return false;
    }
    against++;
    if (verdict != Verdict.UNKNOWN && against < (passed ? rise : fall)) {
      return false;
    }
    verdict = said;
    against = 0;
    return true;
  }
}
