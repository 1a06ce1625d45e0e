package io.fairlead.bench.load;

import java.util.Arrays;

/** The middle of some figures, and the half of them around it. */
record Spread(double low, double median, double high) {
  static Spread of(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return new Spread(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
