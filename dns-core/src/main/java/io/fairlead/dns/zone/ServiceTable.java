package io.fairlead.dns.zone;

import java.util.Arrays;
import java.util.Map;

/**
 * Compiled services by dense number. Immutable; a change copies the pages that it touches and
 * shares the rest, so that a verdict's cost does not grow with the services.
 */
public final class ServiceTable {
  /** Services a page: a copied page is 1 KiB of references, and 100,000 services are 391 pages. */
  private static final int PAGE = 256;

  public static final ServiceTable EMPTY = new ServiceTable(new SteeredService[0][]);

  private final SteeredService[][] pages;

  private ServiceTable(SteeredService[][] pages) {
    this.pages = pages;
  }

  /** The service of a number that {@link ZoneTable} holds; the two are compiled together. */
  public SteeredService get(int service) {
    return pages[service / PAGE][service % PAGE];
  }

  /** The next table, with these services put in or replaced. */
  public ServiceTable with(Map<Integer, SteeredService> changes) {
    SteeredService[][] next = pages.clone();
    for (var change : changes.entrySet()) {
      int page = change.getKey() / PAGE;
      if (page >= next.length) {
        next = Arrays.copyOf(next, page + 1);
      }
      SteeredService[] old = page < pages.length ? pages[page] : null;
      if (next[page] == null) {
        next[page] = new SteeredService[PAGE];
      } else if (next[page] == old) {
        next[page] = old.clone();
      }
      next[page][change.getKey() % PAGE] = change.getValue();
    }
    return new ServiceTable(next);
  }
}
