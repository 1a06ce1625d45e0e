package io.fairlead.sync.spec;

/**
 * How much a cluster's new list may lose before it is held back; a deletion that was watched always
 * applies.
 *
 * @param maxShare the share of a cluster's members, 0 to 1; a list that loses all is always too
 *     much
 * @param accept every list is believed, whatever it loses
 */
public record ShrinkGuard(double maxShare, boolean accept) {
  public static final ShrinkGuard DEFAULT = new ShrinkGuard(0.5, false);

  public ShrinkGuard {
    if (!(maxShare >= 0 && maxShare <= 1)) {
      throw new IllegalArgumentException("maxShrink is a share, 0 to 1: " + maxShare);
    }
  }

  /** Whether a list that keeps and loses so many of the members before is too much to believe. */
  public boolean holds(int kept, int lost, int before) {
    return !accept && lost > 0 && (kept == 0 || lost > maxShare * before);
  }
}
