package io.fairlead.dns.choice;

import java.util.Arrays;

/**
 * Verdicts as queries see them: one octet for each endpoint, by its dense number; its lower half is
 * the availability, its upper half the share of its weight that it is to have. Immutable; a change
 * copies the pages that it touches and shares the rest, so that a verdict's cost does not grow with
 * the endpoints.
 */
public final class Liveness {
  /** Endpoints a page: a copied page is 4 KiB, and 300,000 endpoints are 74 pages. */
  private static final int PAGE = 4096;

  /** A whole share; a smaller one is so many sixteenths. */
  public static final int WHOLE = 16;

  private static final int HALF_OCTET = 4;
  private static final int LOWER_HALF = 0xf;

  public static final Liveness NONE = new Liveness(new byte[0][]);

  private final byte[][] pages;

  private Liveness(byte[][] pages) {
    this.pages = pages;
  }

  /** An endpoint that nobody has spoken of is {@link Availability#UP}: the ordinal 0. */
  public Availability availability(int endpoint) {
    return Availability.of((byte) (octet(endpoint) & LOWER_HALF));
  }

  /** How much of its weight it is to have: sixteenths, 1 to {@link #WHOLE}. */
  public int share(int endpoint) {
    int sixteenths = (octet(endpoint) >>> HALF_OCTET) & LOWER_HALF;
    return sixteenths == 0 ? WHOLE : sixteenths;
  }

  /** Whether an endpoint is in both as it is in the other. */
  public boolean agrees(Liveness other, int endpoint) {
    return octet(endpoint) == other.octet(endpoint);
  }

  private byte octet(int endpoint) {
    int page = endpoint / PAGE;
    return page < pages.length ? pages[page][endpoint % PAGE] : 0;
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
      return set(endpoint, availability, WHOLE);
    }

    /**
     * The same with a share.
     *
     * @param sixteenths 1 to {@link #WHOLE}
     */
    public Change set(int endpoint, Availability availability, int sixteenths) {
      int page = endpoint / PAGE;
      if (page >= next.length) {
        int old = next.length;
        next = Arrays.copyOf(next, page + 1);
        for (int i = old; i <= page; i++) {
          next[i] = new byte[PAGE];
        }
      }
      byte octet = (byte) (availability.ordinal() | (sixteenths % WHOLE) << HALF_OCTET);
      if (next[page][endpoint % PAGE] == octet) {
        return this;
      }
      if (next == pages) {
        next = pages.clone();
      }
      if (page < pages.length && next[page] == pages[page]) {
        next[page] = pages[page].clone();
      }
      next[page][endpoint % PAGE] = octet;
      return this;
    }

    public Liveness apply() {
      return next == pages ? Liveness.this : new Liveness(next.clone());
    }
  }
}
