package io.fairlead.policy;

/** How many cases a property test runs: a sample, or with {@code -Dfairlead.full=true} all. */
public final class Sample {
  private Sample() {}

  public static int of(int sample, int full) {
    return Boolean.getBoolean("fairlead.full") ? full : sample;
  }
}
