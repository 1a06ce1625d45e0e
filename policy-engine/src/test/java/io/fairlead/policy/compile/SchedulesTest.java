package io.fairlead.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.policy.choose.Schedule;
import io.fairlead.policy.choose.TableSchedule;
import io.fairlead.policy.choose.TreeSchedule;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulesTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1, A",
    "7, A",
    "1 1, AB",
    "5 5 5, ABC",
    "4 1, AAAAB",
    "8 2, AAAAB",
    "1 4, BBBAB",
    "3 2, ABAAB",
    "2 1, AAB",
    "5 1 1, AAABAAC",
    "3 3 1, ABABABC",
    "1000 500 500, ABAC",
  })
  void weightsAreSpreadSmoothly(String weights, String expected) {
    assertThat(written(Schedules.of(ints(weights)))).isEqualTo(expected);
  }

  @Test
  void aWeightBelowOneOrNoMemberAtAllIsAProgrammersError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedules.of(new int[] {3, 0}))
        .withMessage("a weight of 0, at least 1 is allowed");
    assertThatIllegalArgumentException().isThrownBy(() -> Schedules.of(new int[0]));
  }

  @Test
  void aTableIsWrittenUpToItsCapAndATreeStandsForWhatIsLonger() {
    assertThat(Schedules.of(new int[] {999, 1, 3}, 1003)).isInstanceOf(TableSchedule.class);
    assertThat(Schedules.of(new int[] {999, 1, 3}, 1002)).isInstanceOf(TreeSchedule.class);
  }

  @Test
  void aTreeOfTwoIsTheSameBalancedWord() {
    assertThat(written(Schedules.of(new int[] {8, 2}, 4))).isEqualTo("AABAA");
    assertThat(written(Schedules.of(new int[] {1, 1}, 1))).isEqualTo("AB");
  }

  /** All that a period holds is exact, so that any window as long as the period is. */
  @Test
  void anyWeightsAreSplitExactlyAndNobodyIsEverAWholeSlotAheadOrBehind() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      int[] weights = random.ints(1 + random.nextInt(40), 1, 2 + random.nextInt(1000)).toArray();
      var schedule = Schedules.of(weights);
      assertThat(schedule).isInstanceOf(TableSchedule.class);
      assertThat(worstDeviation(schedule, weights))
          .as("seed %d, weights %s", seed, Arrays.toString(weights))
          .isLessThan(1.0);
    }
  }

  /** The tree's price: smooth, exact, and at times more than one slot from the ideal. */
  @Test
  void aTreeIsAsExactAndNeverTwoSlotsAheadOrBehind() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      int[] weights = random.ints(2 + random.nextInt(40), 1, 2 + random.nextInt(1000)).toArray();
      assertThat(worstDeviation(Schedules.of(weights, 1), weights))
          .as("seed %d, weights %s", seed, Arrays.toString(weights))
          .isLessThan(2.0);
    }
  }

  @Test
  void thousandsOfMembersOfAnyWeightAreExact() {
    int[] weights = new Random(7).ints(5000, 1, 1001).toArray();
    var schedule = Schedules.of(weights);
    assertThat(schedule).isInstanceOf(TreeSchedule.class);
    assertThat(counts(schedule, weights.length)).isEqualTo(weights);
  }

  @Test
  void skewedTreesStaySmooth() {
    var weights = new int[1500];
    Arrays.fill(weights, 1);
    weights[700] = 1000;
    weights[701] = 997;
    assertThat(worstDeviation(Schedules.of(weights, 1), weights)).isLessThan(2.0);
  }

  /** Walks one period; checks that it is exact, and returns the largest distance from the ideal. */
  private static double worstDeviation(Schedule schedule, int[] weights) {
    var count = new int[weights.length];
    int sum = Arrays.stream(weights).sum();
    double worst = 0;
    for (int slot = 0; slot < schedule.period(); slot++) {
      count[schedule.member(slot)]++;
      for (int member = 0; member < weights.length; member++) {
        double ideal = (slot + 1.0) * weights[member] / sum;
        worst = Math.max(worst, Math.abs(count[member] - ideal));
      }
    }
    int divisor = sum / schedule.period();
    assertThat(count).isEqualTo(Arrays.stream(weights).map(w -> w / divisor).toArray());
    return worst;
  }

  private static int[] counts(Schedule schedule, int members) {
    var count = new int[members];
    for (int slot = 0; slot < schedule.period(); slot++) {
      count[schedule.member(slot)]++;
    }
    return count;
  }

  private static String written(Schedule schedule) {
    var text = new StringBuilder();
    for (int slot = 0; slot < schedule.period(); slot++) {
      text.append((char) ('A' + schedule.member(slot)));
    }
    return text.toString();
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
