package io.fairlead.policy.choose;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Turn;
import io.fairlead.policy.spec.Algorithm.HashMask;

/**
 * Consistent hash of a large pool: members have drawn for a fixed number of slots ahead, and a
 * client goes by its slot.
 */
public final class HashSlotsPicker implements Picker {
  /**
   * The number never changes with the pool, or a change of the pool would move everybody. With it a
   * member's share is met within 1/sqrt(65,536 / members): 3 % at 64, 12 % at 1,000.
   */
  public static final int SLOTS = 65_536;

  private final Asker asker;
  private final HashMask mask;
  private final Schedule winners;
  private final int[] records;

  /**
   * @param winners the member of each slot
   * @param records of the members; not copied
   */
  public HashSlotsPicker(Asker asker, HashMask mask, Schedule winners, int[] records) {
    this.asker = asker;
    this.mask = mask;
    this.winners = winners;
    this.records = records;
  }

  @Override
  public boolean pick(Client client, Turn turn, long position, int wanted, Choice choice) {
    long number = HashPicker.number(asker, mask, client, choice);
    SlotWalk.take(winners, records, (int) (number >>> 48), wanted, choice);
    return true;
  }
}
