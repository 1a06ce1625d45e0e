package io.fairlead.dns.transfer;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An AXFR or IXFR query, read.
 *
 * @param question its octets, to be repeated
 * @param serial the one that the asker has, by IXFR; -1 where he says none
 * @param edns whether it has an OPT
 * @param signed whether it has a TSIG
 */
record TransferQuery(
    int id,
    Name name,
    int type,
    int rrClass,
    byte[] question,
    long serial,
    boolean edns,
    boolean signed) {
  private static final int HEADER = 12;
  private static final long NO_SERIAL = -1;

  /** Null where the message is none: a FORMERR. */
  static @Nullable TransferQuery read(byte[] message) {
    try {
      return read(message, ByteBuffer.wrap(message));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable TransferQuery read(byte[] octets, ByteBuffer message) {
    int id = message.getShort(0) & 0xffff;
    int questions = message.getShort(4) & 0xffff;
    int answers = message.getShort(6) & 0xffff;
    int authorities = message.getShort(8) & 0xffff;
    int additionals = message.getShort(10) & 0xffff;
    if (questions != 1) {
      return null;
    }
    message.position(HEADER);
    skipName(message);
    byte[] wire = Arrays.copyOfRange(octets, HEADER, message.position());
    int type = message.getShort() & 0xffff;
    int rrClass = message.getShort() & 0xffff;
    byte[] question = Arrays.copyOfRange(octets, HEADER, message.position());
    long serial = NO_SERIAL;
    boolean edns = false;
    boolean signed = false;
    for (int i = 0; i < answers + authorities + additionals; i++) {
      skipName(message);
      int recordType = message.getShort() & 0xffff;
      message.position(message.position() + 6);
      int length = message.getShort() & 0xffff;
      int end = message.position() + length;
      boolean inAuthority = i >= answers && i < answers + authorities;
      // RFC 1995 section 3: the SOA of the asker's version stands in the authority section.
      if (recordType == RrType.SOA && inAuthority && type == RrType.IXFR && length >= 22) {
        serial = message.getInt(end - 20) & 0xffff_ffffL;
      }
      edns |= recordType == RrType.OPT;
      signed |= recordType == RrType.TSIG;
      message.position(end);
    }
    return new TransferQuery(id, Name.ofWire(wire), type, rrClass, question, serial, edns, signed);
  }

  private static void skipName(ByteBuffer message) {
    int length = message.get() & 0xff;
    while (length != 0 && length <= Name.MAX_LABEL_LENGTH) {
      message.position(message.position() + length);
      length = message.get() & 0xff;
    }
    if (length != 0) {
      message.get(); // the second half of a pointer
    }
  }

  boolean isInternet() {
    return rrClass == RrClass.IN;
  }

  /** Whether the asker's version is not older than a serial (RFC 1982 section 3.2). */
  boolean isCurrent(long ours) {
    return serial != NO_SERIAL && (int) (ours - serial) <= 0;
  }
}
