package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;

/** Members in the order in which a schedule has them from some slot on, none twice. */
final class SlotWalk {
  /**
   * Slots walked for one answer at most, a few microseconds. Where the schedule is longer, members
   * that it does not reach follow in the order of the file.
   */
  private static final int LONGEST = 4096;

  private SlotWalk() {}

  static void take(Schedule schedule, int[] records, int start, int wanted, Choice choice) {
    takeNew(records[schedule.member(start)], choice);
    if (choice.count() < wanted) {
      walkOn(schedule, records, start, wanted, choice);
    }
  }

  /** The branch of a service with several addresses in one answer. */
  private static void walkOn(
      Schedule schedule, int[] records, int start, int wanted, Choice choice) {
    int period = schedule.period();
    int missing = records.length - 1;
    int slot = start;
    for (int step = 1; step < Math.min(period, LONGEST) && missing > 0; step++) {
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
  static void takeNew(int record, Choice choice) {
    if (!choice.has(record)) {
      choice.take(record);
    }
  }
}
