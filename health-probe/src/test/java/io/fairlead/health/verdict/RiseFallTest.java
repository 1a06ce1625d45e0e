package io.fairlead.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiseFallTest {
  /** Results are + and -; the verdict after each is U, D. */
  @ParameterizedTest(name = "rise {0}, fall {1}: {2} gives {3}")
  @CsvSource({
    "2, 2, +,      U",
    "2, 2, -,      D",
    "3, 2, +--,    UUD",
    "3, 2, +-+-+-, UUUUUU",
    "3, 2, --+++,  DDDDU",
    "3, 2, -++-+++, DDDDDDU",
    "1, 1, +-+-,   UDUD",
    "1, 3, -+---,  DUUUD",
  })
  void soManyInARowTurnAVerdict(int rise, int fall, String results, String verdicts) {
    var counters = new RiseFall(rise, fall);
    var seen = new StringBuilder();
    for (int i = 0; i < results.length(); i++) {
      Verdict before = counters.verdict();
      boolean changed = counters.count(results.charAt(i) == '+');
      assertThat(changed).isEqualTo(counters.verdict() != before);
      seen.append(counters.verdict() == Verdict.UP ? 'U' : 'D');
    }
    assertThat(seen.toString()).isEqualTo(verdicts);
  }

  @Test
  void isUnknownBeforeTheFirstResult() {
    assertThat(new RiseFall(1, 1).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void agreesWithLookingBackAtAllResults() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      int rise = 1 + random.nextInt(5);
      int fall = 1 + random.nextInt(5);
      double passing = random.nextDouble();
      var counters = new RiseFall(rise, fall);
      List<Boolean> results = new ArrayList<>();
      Verdict expected = Verdict.UNKNOWN;
      for (int i = 0; i < 500; i++) {
        boolean passed = random.nextDouble() < passing;
        results.add(passed);
        counters.count(passed);
        expected = lookBack(expected, results, rise, fall);
        assertThat(counters.verdict())
            .as("seed %d, run %d, result %d", seed, run, i)
            .isEqualTo(expected);
      }
    }
  }

  private static Verdict lookBack(Verdict before, List<Boolean> results, int rise, int fall) {
    if (results.size() == 1) {
      return results.getFirst() ? Verdict.UP : Verdict.DOWN;
    }
    if (allLast(results, rise, true)) {
      return Verdict.UP;
    }
    return allLast(results, fall, false) ? Verdict.DOWN : before;
  }

  private static boolean allLast(List<Boolean> results, int count, boolean value) {
    int size = results.size();
    return size >= count && !results.subList(size - count, size).contains(!value);
  }
}
