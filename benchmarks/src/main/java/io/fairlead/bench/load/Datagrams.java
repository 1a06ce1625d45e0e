package io.fairlead.bench.load;

import io.fairlead.dns.net.batch.BatchSocket;
import io.fairlead.dns.net.batch.MessageArray;
import io.fairlead.dns.wire.Octets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A client's socket, with batches of questions to one server and of its replies. */
final class Datagrams implements AutoCloseable {
  static final int BATCH = 64;

  private static final int REPLY_ROOM = 2048 + 64;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment asked = arena.allocate((long) BATCH * Questions.ROOM, 64);
  private final MemorySegment replied = arena.allocate((long) BATCH * REPLY_ROOM, 64);
  private final MessageArray queries = new MessageArray(BATCH, arena);
  private final MessageArray replies = new MessageArray(BATCH, arena);
  private final BatchSocket socket;
  private final Questions questions;
  private final Expected expected;

  Datagrams(InetSocketAddress server, Questions questions, Expected expected) throws IOException {
    this.questions = questions;
    this.expected = expected;
    socket = BatchSocket.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), false);
    socket.receiveTimeout(Duration.ofMillis(100));
    for (int i = 0; i < BATCH; i++) {
      questions.prepare(asked, i * Questions.ROOM);
      queries.recipient(i, server, arena);
      queries.content(i, asked.address() + (long) i * Questions.ROOM, questions.length());
      replies.content(i, replied.address() + (long) i * REPLY_ROOM, REPLY_ROOM);
    }
  }

  /** Asks the next questions, with the ids that follow. */
  int ask(int count, int firstId) {
    for (int i = 0; i < count; i++) {
      questions.ask(asked, i * Questions.ROOM, firstId + i & 0xffff);
    }
    int sent = 0;
    while (sent < count) {
      int result = socket.send(queries, sent, count - sent);
      if (result < 0) {
        return sent; // the system is behind
      }
      sent += result;
    }
    return sent;
  }

  /** How many replies have come; 0 where none has, or none in time. */
  int receive(boolean wait) {
    return Math.max(0, socket.receive(replies, BATCH, wait));
  }

  int id(int index) {
    return Octets.u16(replied, index * REPLY_ROOM);
  }

  boolean isRight(int index) {
    return expected.isRight(replied, index * REPLY_ROOM, replies.length(index));
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
