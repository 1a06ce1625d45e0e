package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;

/** Weighted round robin: the turn's slot of the schedule, then on along the schedule. */
public final class RoundRobinPicker implements Picker {
  /**
   * Slots walked for one answer at most, a few microseconds. Where the schedule is longer, members
   * that it does not reach follow in the order of the file.
   */
  private static final int WALK = 4096;

  private final Schedule schedule;
  private final int[] records;

  /**
   * @param records the record of each of the schedule's members; not copied
   */
  public RoundRobinPicker(Schedule schedule, int[] records) {
    this.schedule = schedule;
    this.records = records;
  }

  @Override
  public void pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    if (records.length == 1) {
      // Nobody to take turns with: the counter that all threads share is left alone.
      takeNew(records[0], choice);
      return;
    }
    int period = schedule.period();
    long mine = position == NO_POSITION ? turn.next() : position;
    int slot = (int) (mine % period);
    if (choice.records()) {
      choice.because(new PolicyReason.TurnTaken(mine, slot, period));
    }
    takeNew(records[schedule.member(slot)], choice);
    if (choice.count() < wanted) {
      walkOn(slot, wanted, choice);
    }
  }

  /** The branch of a service with several addresses in one answer. */
  private void walkOn(int start, int wanted, Choice choice) {
    int period = schedule.period();
    int missing = records.length - 1;
    int slot = start;
    for (int step = 1; step < Math.min(period, WALK) && missing > 0; step++) {
      slot = slot + 1 == period ? 0 : slot + 1;
      int record = records[schedule.member(slot)];
      if (!choice.has(record)) {
        choice.take(record);
        missing--;
        if (choice.count() >= wanted) {
          return;
        }
      }
    }
    int last = schedule.member(slot);
    for (int i = 1; i < records.length && missing > 0 && choice.count() < wanted; i++) {
      takeNew(records[(last + i) % records.length], choice);
    }
  }

  /** A pool of lower priority may hold an address that a higher one has already given. */
  private static void takeNew(int record, Choice choice) {
    if (!choice.has(record)) {
      choice.take(record);
    }
  }
}
