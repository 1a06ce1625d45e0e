package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PagedMapTest {
  /** Equal to the JDK's map after any changes, and no earlier version moves. */
  @Test
  void isAMapOfWhichEachVersionStands() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var model = new HashMap<String, Integer>();
    PagedMap<String, Integer> map = PagedMap.empty();
    for (int round = 0; round < 200; round++) {
      var before = Map.copyOf(model);
      var change = map.change();
      for (int i = random.nextInt(20); i > 0; i--) {
        String key = "key-" + random.nextInt(3000);
        model.put(key, round);
        change.put(key, round);
      }
      PagedMap<String, Integer> next = change.apply();
      assertThat(map).as("seed %d", seed).isEqualTo(before);
      assertThat(next).as("seed %d", seed).isEqualTo(model).hasSize(model.size());
      map = next;
    }
    assertThat(map.get("no such key")).isNull();
    assertThat(map.containsKey("no such key")).isFalse();
    assertThat(PagedMap.of(model)).isEqualTo(model);
  }

  @Test
  void withoutAChangeItIsTheSame() {
    PagedMap<String, Integer> map = PagedMap.of(Map.of("a", 1));
    assertThat(map.change().apply()).isSameAs(map);
  }
}
