package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrClass;
import java.util.Arrays;
import java.util.List;

/** Writes records of one answer into a {@link RecordBlock}. Cold. */
final class BlockBuilder {
  private final Name owner;
  private final Name apex;
  private byte[] octets = new byte[64];
  private int length;
  private int[] pointers = new int[4];
  private int pointerCount;
  private int count;

  /**
   * @param owner whose name the reply has when the block is written: the RRset's own, or, for glue,
   *     that of the cut
   */
  BlockBuilder(Name owner, Name apex) {
    this.owner = owner;
    this.apex = apex;
  }

  BlockBuilder add(List<StaticRecord> records) {
    for (StaticRecord record : records) {
      add(record);
    }
    return this;
  }

  private void add(StaticRecord record) {
    count++;
    if (record.owner().equals(owner)) {
      pointer(RecordBlock.ownerPointer(length)); // a wildcard's too: the reply has the QNAME
    } else {
      name(record.owner());
    }
    u16(record.type());
    u16(RrClass.IN);
    u16((int) (record.ttlSeconds() >>> 16));
    u16((int) record.ttlSeconds());
    int lengthAt = length;
    u16(0);
    rdata(record.type(), record.rdata());
    int rdataLength = length - lengthAt - 2;
    octets[lengthAt] = (byte) (rdataLength >>> 8);
    octets[lengthAt + 1] = (byte) rdataLength;
  }

  private void rdata(int type, byte[] rdata) {
    if (!Rdata.isCompressible(type)) {
      append(rdata, 0, rdata.length);
      return;
    }
    int at = Rdata.namesAt(type);
    append(rdata, 0, at);
    for (Name name : Rdata.names(type, rdata)) {
      name(name);
      at += name.length();
    }
    append(rdata, at, rdata.length - at);
  }

  /** Cut short at the longer of the two names that every reply has: the owner, else the apex. */
  private void name(Name name) {
    byte[] wire = name.wire();
    if (!owner.isWildcard() && !owner.isRoot() && name.isAtOrBelow(owner)) {
      append(wire, 0, wire.length - owner.length());
      pointer(RecordBlock.ownerPointer(length));
    } else if (!apex.isRoot() && name.isAtOrBelow(apex)) {
      append(wire, 0, wire.length - apex.length());
      pointer(RecordBlock.apexPointer(length));
    } else {
      append(wire, 0, wire.length);
    }
  }

  private void pointer(int pointer) {
    if (pointerCount == pointers.length) {
      pointers = Arrays.copyOf(pointers, 2 * pointerCount);
    }
    pointers[pointerCount++] = pointer;
    u16(0);
  }

  private void u16(int value) {
    append(new byte[] {(byte) (value >>> 8), (byte) value}, 0, 2);
  }

  private void append(byte[] from, int at, int more) {
    if (length + more > octets.length) {
      octets = Arrays.copyOf(octets, Math.max(length + more, 2 * octets.length));
    }
    System.arraycopy(from, at, octets, length, more);
    length += more;
  }

  RecordBlock build() {
    return count == 0
        ? RecordBlock.NONE
        : new RecordBlock(
            Arrays.copyOf(octets, length), Arrays.copyOf(pointers, pointerCount), count);
  }
}
