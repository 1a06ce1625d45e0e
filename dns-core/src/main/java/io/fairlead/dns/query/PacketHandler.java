package io.fairlead.dns.query;

import java.lang.foreign.MemorySegment;

/** The server without a socket: octets in, length out. */
@FunctionalInterface
public interface PacketHandler {
  /**
   * Answers one message.
   *
   * @param query native memory; the message stands at its start
   * @param queryLength octets of the message
   * @param reply native memory of at least {@link Exchange#MAX_MESSAGE} octets; the reply is
   *     written to its start
   * @param exchange who asks, by what transport, and the thread's scratch
   * @return octets of the reply; 0 = send nothing (and, over TCP, close)
   */
  int respond(MemorySegment query, int queryLength, MemorySegment reply, Exchange exchange);
}
