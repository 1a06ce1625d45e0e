package io.fairlead.dns.net;

import io.fairlead.dns.count.Tally;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Ticker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What one query thread has to itself: an exchange, and native memory for one query and one reply.
 * All its sockets share them, since it answers one message at a time. Messages are copied in and
 * out: a message is small, and the handler sees one kind of memory whatever Netty reads into.
 */
final class QueryThread implements AutoCloseable {
  private final PacketHandler handler;
  private final Exchange exchange;
  private final NetCounts counts;
  private final Faults faults;
  private final Holders holders;
  private final Ticker ticker;

  /** Shared, because another thread frees it, after this one has ended. */
  private final Arena arena = Arena.ofShared();

  private final MemorySegment query = arena.allocate(Exchange.MAX_MESSAGE);
  private final MemorySegment reply = arena.allocate(Exchange.MAX_MESSAGE);
  private final ByteBuffer queryView = query.asByteBuffer();
  private final ByteBuffer replyView = reply.asByteBuffer();

  QueryThread(
      PacketHandler handler,
      Tally tally,
      NetCounts counts,
      Faults faults,
      Holders holders,
      Ticker ticker) {
    this.handler = handler;
    this.exchange = Exchange.of(tally);
    this.counts = counts;
    this.faults = faults;
    this.holders = holders;
    this.ticker = ticker;
  }

  /**
   * Answers the message that stands at {@code index}; the reply stays here until the next one.
   *
   * @return octets of the reply; 0 = send nothing
   * @throws IndexOutOfBoundsException if the handler says what no reply can be
   */
  int respond(
      ByteBuf source, int index, int length, InetAddress peer, int port, Transport transport) {
    source.getBytes(index, queryView.clear().limit(length));
    exchange.transport(transport);
    exchange.peerPort(port);
    Peers.fill(exchange.client().resolver(), peer);
    return Objects.checkIndex(
        handler.respond(query, length, reply, exchange), Exchange.MAX_MESSAGE + 1);
  }

  /** Appends the reply of the last {@link #respond}. */
  void copyReply(int length, ByteBuf target) {
    target.writeBytes(replyView.clear().limit(length));
  }

  NetCounts counts() {
    return counts;
  }

  Faults faults() {
    return faults;
  }

  Holders holders() {
    return holders;
  }

  long nanoTime() {
    return ticker.nanoTime();
  }

  /** Frees the memory; only after the thread has ended. */
  @Override
  public void close() {
    arena.close();
  }
}
