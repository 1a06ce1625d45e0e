package io.fairlead.dns.count;

/**
 * How long replies of one transport were.
 *
 * @param counts for each of {@link #bounds}, replies that are longer than the bound before and no
 *     longer than it
 * @param octets of all of them
 */
public record ReplySizes(int transport, long[] counts, long octets) {
  /**
   * Octets: what is usual, what every asker takes (RFC 1035 section 4.2.1), what needs no fragments
   * (RFC 9715), what TCP can carry.
   */
  private static final int[] BOUNDS = {64, 96, 128, 256, 512, 1232, 4096, 16_384, 65_535};

  /** The upper bounds, a copy. */
  public static int[] bounds() {
    return BOUNDS.clone();
  }

  static int boundCount() {
    return BOUNDS.length;
  }

  static int place(int octets) {
    int place = 0;
    while (octets > BOUNDS[place]) {
      place++;
    }
    return place;
  }
}
