package io.fairlead.policy.choose;

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
}
