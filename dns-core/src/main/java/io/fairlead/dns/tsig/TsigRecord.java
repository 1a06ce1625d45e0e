package io.fairlead.dns.tsig;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The TSIG record at a message's end (RFC 8945 section 4.2).
 *
 * @param at where it begins, which is where what it signs ends
 * @param timeSigned seconds since 1970, 48 bits
 * @param fudge how many seconds the clocks may differ
 */
record TsigRecord(
    int at,
    Name key,
    Name algorithm,
    long timeSigned,
    int fudge,
    byte[] mac,
    int originalId,
    int error,
    byte[] other) {
  private static final int COUNTS_AT = 4;
  private static final int HEADER = 12;

  /**
   * Reads the record.
   *
   * @return null where the message is none, or where a TSIG stands that is not the last record, or
   *     is not whole: a FORMERR (RFC 8945 section 5.1)
   */
  static @Nullable TsigRecord last(byte[] message) {
    try {
      return read(ByteBuffer.wrap(message));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable TsigRecord read(ByteBuffer message) {
    int questions = message.getShort(COUNTS_AT) & 0xffff;
    int records = 0;
    for (int section = 1; section <= 3; section++) {
      records += message.getShort(COUNTS_AT + 2 * section) & 0xffff;
    }
    boolean additional = message.getShort(COUNTS_AT + 6) != 0;
    message.position(HEADER);
    for (int i = 0; i < questions; i++) {
      skipName(message);
      skip(message, 4);
    }
    for (int i = 0; i < records - 1; i++) {
      skipName(message);
      boolean tsig = (message.getShort() & 0xffff) == RrType.TSIG;
      skip(message, 6);
      skip(message, message.getShort() & 0xffff);
      if (tsig) {
        return null;
      }
    }
    return additional ? readLast(message) : null;
  }

  private static @Nullable TsigRecord readLast(ByteBuffer message) {
    int at = message.position();
    Name key = name(message);
    int type = message.getShort() & 0xffff;
    int rrClass = message.getShort() & 0xffff;
    int ttl = message.getInt();
    int length = message.getShort() & 0xffff;
    if (type != RrType.TSIG
        || rrClass != RrClass.ANY
        || ttl != 0
        || length != message.remaining()) {
      return null;
    }
    Name algorithm = name(message);
    long timeSigned = ((message.getShort() & 0xffffL) << 32) | (message.getInt() & 0xffff_ffffL);
    int fudge = message.getShort() & 0xffff;
    byte[] mac = octets(message, message.getShort() & 0xffff);
    int originalId = message.getShort() & 0xffff;
    int error = message.getShort() & 0xffff;
    byte[] other = octets(message, message.getShort() & 0xffff);
    return message.hasRemaining()
        ? null
        : new TsigRecord(at, key, algorithm, timeSigned, fudge, mac, originalId, error, other);
  }

  /** The key's name may be compressed as any owner: a pointer leads back, so that none loops. */
  private static Name name(ByteBuffer message) {
    var wire = new ByteArrayOutputStream();
    int behind = -1;
    int from = message.position();
    int length = message.get() & 0xff;
    while (length != 0) {
      if (length > Name.MAX_LABEL_LENGTH) {
        int target = ((length & 0x3f) << 8) | (message.get() & 0xff);
        if (target >= from) {
          throw new IllegalArgumentException("a pointer that does not lead back");
        }
        behind = behind < 0 ? message.position() : behind;
        message.position(target);
        from = target;
      } else {
        wire.write(length);
        wire.writeBytes(octets(message, length));
      }
      length = message.get() & 0xff;
    }
    wire.write(0);
    if (behind >= 0) {
      message.position(behind);
    }
    return Name.ofWire(wire.toByteArray());
  }

  private static void skipName(ByteBuffer message) {
    int length = message.get() & 0xff;
    while (length != 0 && length <= Name.MAX_LABEL_LENGTH) {
      skip(message, length);
      length = message.get() & 0xff;
    }
    if (length != 0) {
      message.get(); // the second half of a pointer
    }
  }

  private static byte[] octets(ByteBuffer message, int length) {
    if (length > message.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] octets = new byte[length];
    message.get(octets);
    return octets;
  }

  private static void skip(ByteBuffer message, int octets) {
    if (octets > message.remaining()) {
      throw new BufferUnderflowException();
    }
    message.position(message.position() + octets);
  }
}
