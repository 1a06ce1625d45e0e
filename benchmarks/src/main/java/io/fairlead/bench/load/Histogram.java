package io.fairlead.bench.load;

/** Latencies in nanoseconds, each kept to within 1.6 %: 64 steps for each power of two. */
final class Histogram {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;

  private final long[] counts = new long[STEPS * (Long.SIZE - STEP_BITS)];
  private long total;

  void add(long nanos) {
    counts[index(Math.max(0, nanos))]++;
    total++;
  }

  private static int index(long value) {
    int shift = Math.max(0, Long.SIZE - STEP_BITS - 1 - Long.numberOfLeadingZeros(value));
    return shift * STEPS + (int) (value >>> shift);
  }

  /** The latency that so large a share of all did not exceed; 0 where there are none. */
  long at(double share) {
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && seen > 0) {
        int shift = Math.max(0, i / STEPS - 1);
        return ((i - (long) shift * STEPS + 1) << shift) - 1;
      }
    }
    return 0;
  }

  long total() {
    return total;
  }
}
