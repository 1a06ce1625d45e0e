package io.fairlead.bench.load;

/**
 * What one slice of time under load has come to.
 *
 * @param wrong answers that were not the expected ones; they count as answered
 * @param lost queries that nobody answered in time
 * @param cpuNanos of the server
 */
record Sample(long answered, long wrong, long lost, long wallNanos, long cpuNanos) {
  double cpuMicrosEach() {
    return cpuNanos / 1e3 / Math.max(1, answered);
  }

  double answeredPerSecond() {
    return answered * 1e9 / wallNanos;
  }
}
