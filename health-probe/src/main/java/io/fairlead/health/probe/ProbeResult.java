package io.fairlead.health.probe;

/** What one probe found, with its reason in plain words: "status 503, expected 200-399". */
public sealed interface ProbeResult {
  String reason();

  record Passed(String reason) implements ProbeResult {}

  record Failed(String reason) implements ProbeResult {}

  /** It says nothing of the target: this process could not probe, or did not really wait. */
  record NotCounted(String reason) implements ProbeResult {}
}
