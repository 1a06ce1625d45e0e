package io.fairlead.policy.compile;

import io.fairlead.policy.choose.HashSlotsPicker;
import io.fairlead.policy.choose.Rendezvous;
import java.util.BitSet;
import java.util.List;

/**
 * The winners of all slots for large pools. All members of a pool draw once; a verdict draws again
 * only for the slots of who is out, so that it costs what has changed.
 */
final class HashWinners {
  /** Pools remembered, at 128 KiB each. */
  private static final int MEMORY = 64;

  private record Racers(List<Long> keys, List<Integer> weights) {}

  private final Remembered<Racers, char[]> remembered = new Remembered<>(MEMORY);

  /**
   * The winner of each slot, by index.
   *
   * @param running who can win, by index; not empty
   */
  char[] of(List<Long> keys, List<Integer> weights, BitSet running) {
    char[] winners = remembered.of(new Racers(keys, weights), HashWinners::race).clone();
    long[] key = keys.stream().mapToLong(Long::longValue).toArray();
    int[] weight = weights.stream().mapToInt(Integer::intValue).toArray();
    for (int slot = 0; slot < winners.length; slot++) {
      if (!running.get(winners[slot])) {
        winners[slot] = race(slot, key, weight, running);
      }
    }
    return winners;
  }

  private static char[] race(Racers racers) {
    long[] key = racers.keys().stream().mapToLong(Long::longValue).toArray();
    int[] weight = racers.weights().stream().mapToInt(Integer::intValue).toArray();
    var all = new BitSet();
    all.set(0, key.length);
    var winners = new char[HashSlotsPicker.SLOTS];
    for (int slot = 0; slot < winners.length; slot++) {
      winners[slot] = race(slot, key, weight, all);
    }
    return winners;
  }

  private static char race(int slot, long[] keys, int[] weights, BitSet running) {
    long number = Rendezvous.slot(slot);
    int best = -1;
    long bestDraw = 0;
    for (int i = running.nextSetBit(0); i >= 0; i = running.nextSetBit(i + 1)) {
      long draw = Rendezvous.draw(number, keys[i]);
      if (best < 0 || Rendezvous.beats(draw, weights[i], bestDraw, weights[best])) {
        best = i;
        bestDraw = draw;
      }
    }
    return (char) best;
  }
}
