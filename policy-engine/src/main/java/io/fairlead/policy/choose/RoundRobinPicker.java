package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;

/** Weighted round robin: the turn's slot of the schedule, then on along the schedule. */
public final class RoundRobinPicker implements Picker {
  private final Schedule schedule;
  private final int[] records;

  /**
   * @param records the record of each of the schedule's members; not copied
   */
  public RoundRobinPicker(Schedule schedule, int[] records) {
    this.schedule = schedule;
    this.records = records;
  }

  /** Nobody to take turns with: the counter that all threads share is left alone. */
  boolean isAlone() {
    return records.length == 1;
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    if (isAlone()) {
      SlotWalk.takeNew(records[0], choice);
      return true;
    }
    int period = schedule.period();
    long mine = position == NO_POSITION ? turn.next() : position;
    int slot = (int) (mine % period);
    if (choice.records()) {
      choice.because(new PolicyReason.TurnTaken(mine, slot, period));
    }
    SlotWalk.take(schedule, records, slot, wanted, choice);
    return true;
  }
}
