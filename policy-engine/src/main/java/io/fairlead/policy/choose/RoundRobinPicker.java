package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.explain.PolicyReason;
import org.jspecify.annotations.Nullable;

/** Weighted round robin: the turn's slot of the schedule, then on along the schedule. */
public final class RoundRobinPicker implements Picker {
  private final Schedule schedule;
  private final int[] records;
  private final int period;

  /** Members given beyond those that are wanted. */
  private final int more;

  /** Nobody to take turns with: the counter that all threads share is left alone. */
  private final boolean alone;

  /** The record of each slot, at hand; null where the schedule is too long to be written out. */
  private final char @Nullable [] slots;

  /**
   * Takes them as they are.
   *
   * @param records the record of each of the schedule's members; not copied
   */
  public RoundRobinPicker(Schedule schedule, int[] records) {
    this(schedule, records, 0);
  }

  /**
   * Takes them as they are.
   *
   * @param more records given beyond those that are wanted: who names everybody that a client may
   *     get, names them in the order in which their turns come
   */
  public RoundRobinPicker(Schedule schedule, int[] records, int more) {
    this.more = more;
    this.schedule = schedule;
    this.records = records;
    this.period = schedule.period();
    this.alone = records.length == 1;
    this.slots = schedule instanceof TableSchedule table ? table.records(records) : null;
  }

  boolean isAlone() {
    return alone;
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    if (alone) {
      SlotWalk.takeNew(records[0], choice);
      return true;
    }
    long mine = position == NO_POSITION ? turn.next() : position;
    int slot = (int) (mine % period);
    if (choice.records()) {
      choice.because(new PolicyReason.TurnTaken(mine, slot, period));
    }
    int all = wanted + more;
    if (slots != null && all == 1) {
      SlotWalk.takeNew(slots[slot], choice);
    } else {
      SlotWalk.take(schedule, records, slot, all, choice);
    }
    return true;
  }
}
