package io.fairlead.dns.wire;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A name made ready to be looked up: in lower case (RFC 4343), its labels known, and hashed label
 * by label from the root, so that the hash of every ancestor is at hand. Mutable and reused.
 *
 * <p>Label 0 is the leftmost one; label {@link #labelCount} is the root's empty one. "The suffix at
 * a label" is the ancestor whose name begins there.
 */
public final class NameKey {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 127 labels of one octet fill 254 octets; the root is one more. */
  private static final int MAX_LABELS = 128;

  /** Names are worked on eight octets at a time; the last eight may reach beyond the name. */
  private static final int SLACK = Long.BYTES - 1;

  private final byte[] octets = new byte[Name.MAX_LENGTH + SLACK];
  private final int[] starts = new int[MAX_LABELS];
  private final int[] hashes = new int[MAX_LABELS];
  private int length;
  private int labelCount;

  /**
   * Reads an uncompressed name of a message.
   *
   * @param end where the message ends
   * @return false where there is no such name: cut off, longer than 255 octets, a label type other
   *     than 00 (RFC 1035 section 2.3.4, RFC 6891 section 5), or a compression pointer
   */
  public boolean read(MemorySegment message, int at, int end) {
    int available = Math.clamp(end - at, 0, Name.MAX_LENGTH);
    Octets.copy(message, at, octets, 0, available);
    return prepare(available);
  }

  public void set(Name name) {
    name.copyTo(octets);
    if (!prepare(name.length())) {
      throw new IllegalStateException("a Name is always a name: " + name);
    }
  }

  private boolean prepare(int available) {
    int count = 0;
    for (int at = 0; at < available; at += 1 + octets[at]) {
      if (octets[at] == 0) {
        starts[count] = at;
        labelCount = count;
        length = at + 1;
        lower();
        hash();
        return true;
      }
      if ((octets[at] & 0xff) > Name.MAX_LABEL_LENGTH) {
        return false;
      }
      starts[count++] = at;
    }
    return false;
  }

  /** Length octets are below 'A', so that the whole name goes through at once. */
  private void lower() {
    for (int at = 0; at < length; at += Long.BYTES) {
      WORD.set(octets, at, lower((long) WORD.get(octets, at)));
    }
  }

  /** Eight octets at once: adding carries into bit 7 of an octet just where it is past a bound. */
  private static long lower(long word) {
    long each = 0x0101010101010101L;
    long sevenBits = word & (0x7f * each);
    long fromA = sevenBits + (0x80 - 'A') * each;
    long pastZ = sevenBits + (0x7f - 'Z') * each;
    long upper = (fromA ^ pastZ) & ~word & (0x80 * each);
    return word | (upper >>> 2); // 0x80 >> 2 = 0x20 = 'a' - 'A'
  }

  private void hash() {
    long hash = 0x9e3779b97f4a7c15L;
    hashes[labelCount] = (int) (hash >>> 32);
    for (int label = labelCount - 1; label >= 0; label--) {
      hash = hash(hash, starts[label], starts[label + 1]);
      hashes[label] = (int) (hash >>> 32);
    }
  }

  private long hash(long hash, int from, int to) {
    for (int at = from; at < to; at += Long.BYTES) {
      long word = (long) WORD.get(octets, at);
      int left = to - at;
      if (left < Long.BYTES) {
        word &= (1L << (Byte.SIZE * left)) - 1;
      }
      hash = (hash ^ word) * 0x9fb21c651e98df25L; // an odd number with its bits well spread
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** Octets of the name, the root's zero included. */
  public int length() {
    return length;
  }

  /** Labels, the root not counted. */
  public int labelCount() {
    return labelCount;
  }

  /** Where a label begins, 0 to {@link #labelCount}. */
  public int start(int label) {
    return starts[label];
  }

  /** The hash of the suffix at a label. */
  public int hash(int label) {
    return hashes[label];
  }

  /** Whether the suffix at a label is the lower-case name that stands in an array. */
  public boolean suffixEquals(int label, byte[] names, int from, int nameLength) {
    int start = starts[label];
    return length - start == nameLength
        && Arrays.equals(octets, start, length, names, from, from + nameLength);
  }

  /** Copies the name, in lower case. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(octets, 0, target, at, length);
  }

  /** The suffix at a label, for cold paths. */
  public Name suffix(int label) {
    return Name.ofWire(Arrays.copyOfRange(octets, starts[label], length));
  }
}
