package io.fairlead.dns.transfer;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrClass;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.StaticRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One message of a transfer, being written. */
final class TransferMessage {
  private static final int MAX_MESSAGE = 65_535;
  private static final int QUESTION_AT = 12;
  private static final int MAX_POINTER = 0x3fff;
  private static final int RESPONSE_AUTHORITATIVE = 0x8400;
  private static final int RESPONSE = 0x8000;
  private static final int EDNS_PAYLOAD = 1232;
  private static final int EXTENDED_ERROR = 15;

  private final ByteBuffer out = ByteBuffer.allocate(MAX_MESSAGE);
  private final byte[] apex;
  private int answers;
  private int additionals;
  private @Nullable Name lastOwner;
  private int lastOwnerAt;

  /**
   * @param query null where it could not be read: then there is a header alone
   */
  TransferMessage(int id, @Nullable TransferQuery query, int rcode) {
    boolean answer = rcode == 0;
    out.putShort((short) id);
    out.putShort((short) ((answer ? RESPONSE_AUTHORITATIVE : RESPONSE) | rcode));
    out.putShort((short) (query == null ? 0 : 1));
    out.position(QUESTION_AT);
    if (query != null) {
      out.put(query.question());
    }
    apex = query == null ? new byte[0] : query.name().wire();
  }

  /**
   * Appends an answer.
   *
   * @param limit how long the message may become; an empty one takes any record that a message can
   *     hold
   * @return false where the record is left for the next message
   */
  boolean add(StaticRecord record, int limit) {
    int longest = record.owner().length() + 10 + record.rdata().length;
    if (out.position() + longest > (answers == 0 ? MAX_MESSAGE : limit)) {
      return false;
    }
    owner(record.owner());
    out.putShort((short) record.type());
    out.putShort((short) RrClass.IN);
    out.putInt((int) record.ttlSeconds());
    out.putShort((short) record.rdata().length);
    out.put(record.rdata());
    answers++;
    return true;
  }

  /** Only where the octets are the very same, so that no name changes its case. */
  private void owner(Name owner) {
    if (lastOwner != null && owner.equals(lastOwner) && lastOwnerAt <= MAX_POINTER) {
      out.putShort((short) (0xc000 | lastOwnerAt));
      return;
    }
    lastOwner = owner;
    lastOwnerAt = out.position();
    byte[] wire = owner.wire();
    int prefix = wire.length - apex.length;
    if (apex.length > 1
        && prefix >= 0
        && Arrays.equals(wire, prefix, wire.length, apex, 0, apex.length)) {
      out.put(wire, 0, prefix).putShort((short) (0xc000 | QUESTION_AT));
    } else {
      out.put(wire);
    }
  }

  /**
   * Appends OPT.
   *
   * @param reason why there is no answer (RFC 8914); empty where there is one
   */
  void edns(int extendedError, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int option = reason.isEmpty() ? 0 : 4 + 2 + text.length;
    out.put((byte) 0)
        .putShort((short) RrType.OPT)
        .putShort((short) EDNS_PAYLOAD)
        .putInt(0)
        .putShort((short) option);
    if (!reason.isEmpty()) {
      out.putShort((short) EXTENDED_ERROR)
          .putShort((short) (2 + text.length))
          .putShort((short) extendedError)
          .put(text);
    }
    additionals++;
  }

  boolean hasAnswers() {
    return answers > 0;
  }

  byte[] end() {
    out.putShort(6, (short) answers);
    out.putShort(10, (short) additionals);
    return Arrays.copyOf(out.array(), out.position());
  }
}
