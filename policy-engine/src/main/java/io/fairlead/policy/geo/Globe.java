package io.fairlead.policy.geo;

import io.fairlead.policy.spec.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points on the globe as unit vectors, for asking which is nearest. The angle between two vectors
 * grows as their product falls, with no seam at the antimeridian and no fold at the poles.
 */
public final class Globe {
  /** Mean radius of the earth in kilometres (IUGG). */
  private static final double RADIUS_KM = 6371.0088;

  /** x, y and z of each point; NaN where it is unknown. */
  private final double[] vectors;

  private Globe(double[] vectors) {
    this.vectors = vectors;
  }

  public static Globe of(List<? extends @Nullable Location> locations) {
    var vectors = new double[3 * locations.size()];
    int at = 0;
    for (Location location : locations) {
      // StrictMath: two nodes must not disagree about who is nearer by the last bit of a sine.
      double latitude = location == null ? Double.NaN : StrictMath.toRadians(location.latitude());
      double longitude = location == null ? 0 : StrictMath.toRadians(location.longitude());
      vectors[at++] = StrictMath.cos(latitude) * StrictMath.cos(longitude);
      vectors[at++] = StrictMath.cos(latitude) * StrictMath.sin(longitude);
      vectors[at++] = StrictMath.sin(latitude);
    }
    return new Globe(vectors);
  }

  public int size() {
    return vectors.length / 3;
  }

  public boolean isKnown(int point) {
    return !Double.isNaN(vectors[3 * point]);
  }

  /** 1 at the same point, -1 at the antipode, falling all the way. */
  public double nearness(int point, Globe other, int otherPoint) {
    int a = 3 * point;
    int b = 3 * otherPoint;
    return vectors[a] * other.vectors[b]
        + vectors[a + 1] * other.vectors[b + 1]
        + vectors[a + 2] * other.vectors[b + 2];
  }

  /** The great-circle distance in kilometres; for people. */
  public double kilometres(int point, Globe other, int otherPoint) {
    int a = 3 * point;
    int b = 3 * otherPoint;
    double x = vectors[a] - other.vectors[b];
    double y = vectors[a + 1] - other.vectors[b + 1];
    double z = vectors[a + 2] - other.vectors[b + 2];
    double chord = Math.sqrt(x * x + y * y + z * z);
    return 2 * RADIUS_KM * StrictMath.asin(Math.min(1, chord / 2));
  }

  /**
   * The nearest of some points that comes after another one in the order of nearness, and of equal
   * ones in the order of their numbers.
   *
   * @param from the globe that {@code point} is on
   * @param after the one before, or -1 for the first
   * @return -1 where there is none; unknown points never are
   */
  public int nearest(Globe from, int point, int after) {
    double limit = after < 0 ? Double.POSITIVE_INFINITY : nearness(after, from, point);
    int best = -1;
    double bestNearness = 0;
    int size = size();
    for (int i = 0; i < size; i++) {
      double nearness = nearness(i, from, point);
      boolean follows = nearness < limit || (nearness == limit && i > after);
      if (follows && (best < 0 || nearness > bestNearness)) {
        best = i;
        bestNearness = nearness;
      }
    }
    return best;
  }
}
