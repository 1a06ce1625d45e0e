package io.fairlead.policy.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Results that cost much and are wanted again at the next verdict; the least used are forgotten.
 */
final class Remembered<K, V> {
  private final Map<K, V> results;

  Remembered(int capacity) {
    results =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized V of(K key, Function<K, V> work) {
    V known = results.get(key);
    if (known == null) {
      known = work.apply(key);
      results.put(key, known);
    }
    return known;
  }
}
