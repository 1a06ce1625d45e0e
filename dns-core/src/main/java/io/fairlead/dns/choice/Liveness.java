package io.fairlead.dns.choice;

import java.util.Arrays;

/**
 * Verdicts as queries see them: one octet for each endpoint, by its dense number. Immutable; a
 * change copies the pages that it touches and shares the rest, so that a verdict's cost does not
 * grow with the endpoints.
 */
public final class Liveness {
  /** Endpoints a page: a copied page is 4 KiB, and 300,000 endpoints are 74 pages. */
  private static final int PAGE = 4096;

  public static final Liveness NONE = new Liveness(new byte[0][]);

  private final byte[][] pages;

  private Liveness(byte[][] pages) {
    this.pages = pages;
  }

  /** An endpoint that nobody has spoken of is {@link Availability#UP}: the ordinal 0. */
  public Availability availability(int endpoint) {
    int page = endpoint / PAGE;
    return page < pages.length ? Availability.of(pages[page][endpoint % PAGE]) : Availability.UP;
  }

  public boolean isEligible(int endpoint) {
    return availability(endpoint).eligible();
  }

  /** Collects changes; {@link Change#apply()} gives the next value. Not for two threads. */
  public Change change() {
    return new Change();
  }

  /** Changes on their way to the next liveness. */
  public final class Change {
    private byte[][] next = pages;

    public Change set(int endpoint, Availability availability) {
      int page = endpoint / PAGE;
      if (page >= next.length) {
        int old = next.length;
        next = Arrays.copyOf(next, page + 1);
        for (int i = old; i <= page; i++) {
          next[i] = new byte[PAGE];
        }
      }
      byte ordinal = (byte) availability.ordinal();
      if (next[page][endpoint % PAGE] == ordinal) {
        return this;
      }
      if (next == pages) {
        next = pages.clone();
      }
      if (page < pages.length && next[page] == pages[page]) {
        next[page] = pages[page].clone();
      }
      next[page][endpoint % PAGE] = ordinal;
      return this;
    }

    public Liveness apply() {
      return next == pages ? Liveness.this : new Liveness(next.clone());
    }
  }
}
