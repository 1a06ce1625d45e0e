package io.fairlead.policy.compile;

import io.fairlead.policy.choose.Schedule;
import io.fairlead.policy.choose.TableSchedule;
import io.fairlead.policy.choose.TreeSchedule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Makes the schedule of some weights. */
public final class Schedules {
  /**
   * Slots of a table at most: 128 KiB and some ten milliseconds to write. At least 66 members of
   * weight 1000 are needed to pass it; then a tree gives the same split, a little less smoothly.
   */
  static final int MAX_TABLE = 65_536;

  private Schedules() {}

  /**
   * A table where it fits, else a tree.
   *
   * @param weights of each member, 1 or more
   * @throws IllegalArgumentException for no weight, or one below 1
   * @throws ArithmeticException where the weights add up to more than an int holds
   */
  public static Schedule of(int[] weights) {
    return of(weights, MAX_TABLE);
  }

  static Schedule of(int[] weights, int maxTable) {
    int[] reduced = reduce(weights);
    int period = 0;
    for (int weight : reduced) {
      period = Math.addExact(period, weight);
    }
    return period <= maxTable
        ? new TableSchedule(spread(reduced, period))
        : new TreeSchedule(sumsBefore(reduced));
  }

  private static int[] reduce(int[] weights) {
    int divisor = 0;
    for (int weight : weights) {
      if (weight < 1) {
        throw new IllegalArgumentException("a weight of " + weight + ", at least 1 is allowed");
      }
      divisor = gcd(weight, divisor);
    }
    if (divisor == 0) {
      throw new IllegalArgumentException("a schedule of no members");
    }
    int common = divisor;
    return Arrays.stream(weights).map(weight -> weight / common).toArray();
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /**
   * One slot that a member is due.
   *
   * @param earliest before this slot it would run more than one ahead of its ideal share
   * @param latest the slot by which it must have come, or it falls more than one behind
   */
  private record Due(int member, int nth, int earliest, int latest) {
    static Due of(int member, int nth, int weight, int period) {
      return new Due(
          member,
          nth,
          (int) ((long) nth * period / weight),
          (int) (((nth + 1L) * period + weight - 1) / weight) - 1);
    }
  }

  /**
   * Gives each slot to the member that is due soonest. The n-th slot of a member may lie where its
   * ideal share goes from n to n + 1, and earliest deadline first finds such a place for all
   * whenever there is one; for shares that add up to 1 there always is (Baruah, Cohen, Plaxton,
   * Varvel: "Proportionate progress", 1996). So nobody is ever one whole slot ahead or behind. 4:1
   * gives AAAAB, 3:2 ABAAB.
   */
  private static char[] spread(int[] weights, int period) {
    var waiting = new PriorityQueue<Due>(Comparator.comparingInt(Due::earliest));
    var ready =
        new PriorityQueue<Due>(Comparator.comparingInt(Due::latest).thenComparingInt(Due::member));
    for (int member = 0; member < weights.length; member++) {
      ready.add(Due.of(member, 0, weights[member], period));
    }
    var slots = new char[period];
    for (int slot = 0; slot < period; slot++) {
      while (!waiting.isEmpty() && waiting.peek().earliest() <= slot) {
        ready.add(waiting.remove());
      }
      Due due = ready.remove();
      slots[slot] = (char) due.member();
      int weight = weights[due.member()];
      if (due.nth() + 1 < weight) {
        waiting.add(Due.of(due.member(), due.nth() + 1, weight, period));
      }
    }
    return slots;
  }

  private static int[] sumsBefore(int[] weights) {
    var before = new int[weights.length + 1];
    for (int i = 0; i < weights.length; i++) {
      before[i + 1] = before[i] + weights[i];
    }
    return before;
  }
}
