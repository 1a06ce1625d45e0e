package io.fairlead.policy.choose;

import org.jspecify.annotations.Nullable;

/** A schedule written out, one slot after the other: a load a turn. */
public final class TableSchedule implements Schedule {
  private final char[] members;

  /**
   * @param members the member of each slot; not copied, nobody writes to it any more
   */
  public TableSchedule(char[] members) {
    this.members = members;
  }

  @Override
  public int period() {
    return members.length;
  }

  @Override
  public int member(int slot) {
    return members[slot];
  }

  /**
   * The record of each slot; this schedule's own array, for all who share it, where each member has
   * its own number as its record. None where a record's number is no char.
   */
  char @Nullable [] records(int[] records) {
    boolean same = true;
    for (int member = 0; member < records.length; member++) {
      if (records[member] > Character.MAX_VALUE) {
        return null;
      }
      same &= records[member] == member;
    }
    if (same) {
      return members;
    }
    char[] slots = new char[members.length];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = (char) records[members[slot]];
    }
    return slots;
  }
}
