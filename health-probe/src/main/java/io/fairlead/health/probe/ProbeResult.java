package io.fairlead.health.probe;

/** What one probe found, with its reason in plain words: "status 503, expected 200-399". */
public sealed interface ProbeResult {
  String reason();

  /**
   * It lives.
   *
   * @param warning what will go wrong one day, if nobody looks after it; empty = nothing
   */
  record Passed(String reason, String warning) implements ProbeResult {
    public Passed(String reason) {
      this(reason, "");
    }
  }

  record Failed(String reason) implements ProbeResult {}

  /** It says nothing of the target: this process could not probe, or did not really wait. */
  record NotCounted(String reason) implements ProbeResult {}
}
