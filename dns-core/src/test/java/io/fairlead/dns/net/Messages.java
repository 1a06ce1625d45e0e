package io.fairlead.dns.net;

import io.fairlead.dns.query.PacketHandler;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Messages that are as much DNS as the sockets care for: an id, flags, and a length. */
final class Messages {
  static final int HEADER = 12;
  private static final int FLAGS = 2;
  private static final int QR = 0x80;

  private Messages() {}

  /** The reply is the query with QR set. */
  static final PacketHandler ECHO =
      (query, length, reply, _) -> {
        MemorySegment.copy(query, 0, reply, 0, length);
        byte flags = query.get(ValueLayout.JAVA_BYTE, FLAGS);
        reply.set(ValueLayout.JAVA_BYTE, FLAGS, (byte) (flags | QR));
        return length;
      };

  /** The reply is the query's header with QR set and zeros behind it. */
  static PacketHandler replyOf(int octets) {
    return (query, length, reply, exchange) -> {
      reply.asSlice(0, octets).fill((byte) 0);
      ECHO.respond(query, Math.min(length, HEADER), reply, exchange);
      return octets;
    };
  }

  /** {@link #ECHO} for even ids. */
  static PacketHandler atOddIds(PacketHandler other) {
    return (query, length, reply, exchange) -> {
      boolean odd = query.get(ValueLayout.JAVA_BYTE, 1) % 2 != 0;
      return (odd ? other : ECHO).respond(query, length, reply, exchange);
    };
  }

  /** A message of {@code octets}, its content telling its id. */
  static byte[] query(int id, int octets) {
    byte[] message = new byte[octets];
    Arrays.fill(message, (byte) id);
    ByteBuffer.wrap(message).putShort((short) id).putShort((short) 0);
    return message;
  }

  static byte[] query(int id) {
    return query(id, 30);
  }

  /** What {@link #ECHO} says to a query. */
  static byte[] echoOf(byte[] query) {
    byte[] reply = query.clone();
    reply[FLAGS] |= (byte) QR;
    return reply;
  }

  static int id(byte[] message) {
    return ByteBuffer.wrap(message).getShort() & 0xffff;
  }

  /** A TCP frame: two octets of length, then the message. */
  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  /** Frames of the queries with ids from 0 to {@code count} - 1. */
  static byte[] framedQueries(int count) {
    var all = new ByteArrayOutputStream();
    for (int id = 0; id < count; id++) {
      all.writeBytes(framed(query(id)));
    }
    return all.toByteArray();
  }
}
