package io.fairlead.dns.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LivenessTest {
  @Test
  void whomNobodySpokeOfIsUp() {
    assertThat(Liveness.NONE.availability(0)).isEqualTo(Availability.UP);
    assertThat(Liveness.NONE.availability(1_000_000)).isEqualTo(Availability.UP);
    assertThat(Liveness.NONE.isEligible(5)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Availability.class)
  void saysWhatWasSet(Availability availability) {
    Liveness liveness = Liveness.NONE.change().set(9_000, availability).apply();
    assertThat(liveness.availability(9_000)).isEqualTo(availability);
    assertThat(liveness.isEligible(9_000)).isEqualTo(availability.eligible());
    assertThat(liveness.availability(8_999)).isEqualTo(Availability.UP);
  }

  @ParameterizedTest
  @EnumSource(Availability.class)
  void aShareStandsBesideIt(Availability availability) {
    for (int sixteenths = 1; sixteenths <= Liveness.WHOLE; sixteenths++) {
      Liveness liveness = Liveness.NONE.change().set(7, availability, sixteenths).apply();
      assertThat(liveness.share(7)).isEqualTo(sixteenths);
      assertThat(liveness.availability(7)).isEqualTo(availability);
      assertThat(liveness.agrees(Liveness.NONE, 8)).isTrue();
      assertThat(liveness.agrees(Liveness.NONE, 7))
          .isEqualTo(availability == Availability.UP && sixteenths == Liveness.WHOLE);
    }
    assertThat(Liveness.NONE.share(7)).isEqualTo(Liveness.WHOLE);
  }

  @Test
  void aChangeIsSeenInTheNextValueOnly() {
    Liveness first = Liveness.NONE.change().set(1, Availability.DOWN).apply();
    Liveness second = first.change().set(1, Availability.UP).set(2, Availability.DOWN).apply();

    assertThat(first.availability(1)).isEqualTo(Availability.DOWN);
    assertThat(first.availability(2)).isEqualTo(Availability.UP);
    assertThat(second.availability(1)).isEqualTo(Availability.UP);
    assertThat(second.availability(2)).isEqualTo(Availability.DOWN);
  }

  @Test
  void noChangeIsTheSameValue() {
    Liveness liveness = Liveness.NONE.change().set(1, Availability.DOWN).apply();
    assertThat(liveness.change().apply()).isSameAs(liveness);
    assertThat(liveness.change().set(1, Availability.DOWN).apply()).isSameAs(liveness);
  }

  /** Against a map, over pages and many changes; older values stay as they were. */
  @Test
  void holdsAsAMapDoes() {
    long seed = 3;
    var random = new SplittableRandom(seed);
    Map<Integer, Availability> model = new HashMap<>();
    Liveness liveness = Liveness.NONE;
    for (int round = 0; round < 200; round++) {
      Liveness before = liveness;
      Map<Integer, Availability> modelBefore = Map.copyOf(model);
      Liveness.Change change = liveness.change();
      for (int i = random.nextInt(20); i > 0; i--) {
        int endpoint = random.nextInt(20_000);
        Availability next = Availability.values()[random.nextInt(Availability.values().length)];
        change.set(endpoint, next);
        model.put(endpoint, next);
      }
      liveness = change.apply();
      assertHolds(before, modelBefore, seed, round);
      assertHolds(liveness, model, seed, round);
    }
  }

  private static void assertHolds(
      Liveness liveness, Map<Integer, Availability> model, long seed, int round) {
    model.forEach(
        (endpoint, availability) ->
            assertThat(liveness.availability(endpoint))
                .as("seed %d, round %d, endpoint %d", seed, round, endpoint)
                .isEqualTo(availability));
  }
}
