package io.fairlead.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * This process.
 *
 * @param stateDirectory where the last good state is kept; created if absent
 * @param readyTimeout how long to wait for the first round of verdicts
 * @param answerWhenUnknown how UNKNOWN counts when that wait is over
 */
public record NodeSpec(
    String name,
    Path stateDirectory,
    Duration readyTimeout,
    AnswerWhenUnknown answerWhenUnknown,
    ProbeSpec probes) {
  /** Relative to the working directory. */
  public static final String DEFAULT_STATE_DIRECTORY = "var/fairlead";

  public static final Duration DEFAULT_READY_TIMEOUT = Duration.ofSeconds(10);

  /** Which probes as all do. */
  public NodeSpec(
      String name,
      Path stateDirectory,
      Duration readyTimeout,
      AnswerWhenUnknown answerWhenUnknown) {
    this(name, stateDirectory, readyTimeout, answerWhenUnknown, ProbeSpec.DEFAULT);
  }

  /** How UNKNOWN counts when the bounded wait is over. */
  public enum AnswerWhenUnknown {
    UP,
    DOWN,
    /** As the last verdict before the restart; up where there is none. */
    LAST
  }
}
