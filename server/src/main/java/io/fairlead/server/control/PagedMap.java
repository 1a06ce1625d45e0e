package io.fairlead.server.control;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map in pages: a change copies the pages that it touches and shares the rest, so that a verdict
 * does not cost a copy of all verdicts. Immutable; keys and values are not null.
 */
public final class PagedMap<K, V> extends AbstractMap<K, V> {
  /** Of 300,000 targets a page has 300: to copy it, and the list of pages, takes microseconds. */
  private static final int PAGES = 1024;

  private final List<Map<K, V>> pages;
  private final int size;

  private PagedMap(List<Map<K, V>> pages) {
    this.pages = pages;
    this.size = pages.stream().mapToInt(Map::size).sum();
  }

  static <K, V> PagedMap<K, V> empty() {
    return new PagedMap<>(Collections.nCopies(PAGES, Map.of()));
  }

  static <K, V> PagedMap<K, V> of(Map<K, V> entries) {
    var change = PagedMap.<K, V>empty().change();
    entries.forEach(change::put);
    return change.apply();
  }

  private static int page(Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (PAGES - 1);
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    return key == null ? null : pages.get(page(key)).get(key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key != null && pages.get(page(key)).containsKey(key);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return pages.stream().flatMap(page -> page.entrySet().stream()).iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  Change change() {
    return new Change();
  }

  /** The next map, while it is made. */
  final class Change {
    private final List<Map<K, V>> next = new ArrayList<>(pages);
    private final Set<Integer> own = new HashSet<>();

    Change put(K key, V value) {
      int page = page(key);
      if (own.add(page)) {
        next.set(page, new HashMap<>(next.get(page)));
      }
      next.get(page).put(key, value);
      return this;
    }

    PagedMap<K, V> apply() {
      return own.isEmpty() ? PagedMap.this : new PagedMap<>(List.copyOf(next));
    }
  }
}
