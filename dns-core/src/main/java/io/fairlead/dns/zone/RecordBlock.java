package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Octets;
import java.lang.foreign.MemorySegment;

/**
 * Whole records in wire order, made when the zone is compiled. Where a name can be cut short, its
 * last labels are left out and two octets wait for a compression pointer, since only a reply knows
 * where the rest of that name stands in it. Immutable.
 */
public final class RecordBlock {
  public static final RecordBlock NONE = new RecordBlock(new byte[0], new int[0], 0);

  private final byte[] octets;
  private final int[] pointers;
  private final int count;

  /**
   * @param pointers for each two octets that wait: their offset, times two; plus 1 where the rest
   *     is the apex, plus 0 where it is the owner
   */
  RecordBlock(byte[] octets, int[] pointers, int count) {
    this.octets = octets;
    this.pointers = pointers;
    this.count = count;
  }

  static int ownerPointer(int offset) {
    return offset << 1;
  }

  static int apexPointer(int offset) {
    return offset << 1 | 1;
  }

  /** Records. */
  public int count() {
    return count;
  }

  /** Octets. */
  public int length() {
    return octets.length;
  }

  /**
   * Copies the records into a reply and fills in the pointers.
   *
   * @param ownerAt where the owner's name stands in the reply
   * @param apexAt where the name of the zone's apex stands in the reply
   */
  public void writeTo(MemorySegment reply, int at, int ownerAt, int apexAt) {
    Octets.copy(octets, 0, reply, at, octets.length);
    for (int pointer : pointers) {
      Octets.putPointer(reply, at + (pointer >> 1), (pointer & 1) == 0 ? ownerAt : apexAt);
    }
  }
}
