package io.fairlead.health.verdict;

/** What is believed of a target: three states, never two. */
public enum Verdict {
  /** No probe has finished yet; the first one decides. */
  UNKNOWN,
  UP,
  DOWN
}
