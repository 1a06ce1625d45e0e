package io.fairlead.bench.load;

import io.fairlead.dns.wire.Octets;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Several connections, each with so many questions under way, which go out in one write; kept, or
 * each for one question only.
 */
final class TcpLoop implements Loop {
  private static final int CONNECTIONS = 8;
  private static final int REPLIES_ROOM = 1 << 18;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment asked;
  private final MemorySegment replied = arena.allocate(REPLIES_ROOM);
  private final Target target;
  private final Questions questions;
  private final Expected expected;
  private final int underWay;
  private final boolean persistent;
  private final List<SocketChannel> connections = new ArrayList<>();

  TcpLoop(Target target, Questions questions, Expected expected, int underWay, boolean persistent) {
    this.target = target;
    this.questions = questions;
    this.expected = expected;
    this.underWay = underWay;
    this.persistent = persistent;
    this.asked = arena.allocate((long) underWay * frame());
    for (int i = 0; i < underWay; i++) {
      Octets.putU16(asked, i * frame(), questions.length());
      questions.prepare(asked, i * frame() + 2);
    }
  }

  private int frame() {
    return 2 + questions.length();
  }

  @Override
  public Sample run(long nanos) throws IOException {
    long answered = 0;
    long wrong = 0;
    Map<String, Long> cpu = target.cpu();
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      while (connections.size() < CONNECTIONS) {
        connections.add(connected());
      }
      for (SocketChannel connection : connections) {
        ask(connection);
      }
      for (SocketChannel connection : connections) {
        wrong += takeAll(connection);
        answered += underWay;
      }
      if (!persistent) {
        closeAll();
      }
    }
    long wall = System.nanoTime() - start;
    return new Sample(answered, wrong, 0, wall, target.cpuSince(cpu));
  }

  private SocketChannel connected() throws IOException {
    SocketChannel connection = SocketChannel.open(target.address());
    connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // Closed by a reset: else the ports of the last minute would all be waiting.
    connection.setOption(StandardSocketOptions.SO_LINGER, 0);
    return connection;
  }

  private void ask(SocketChannel connection) throws IOException {
    for (int i = 0; i < underWay; i++) {
      questions.ask(asked, i * frame() + 2, i);
    }
    ByteBuffer out = asked.asByteBuffer();
    while (out.hasRemaining()) {
      connection.write(out);
    }
  }

  /** How many of them were wrong. */
  private int takeAll(SocketChannel connection) throws IOException {
    ByteBuffer in = replied.asByteBuffer();
    int taken = 0;
    int wrong = 0;
    int at = 0;
    while (taken < underWay) {
      if (connection.read(in) < 0) {
        throw new EOFException(target.name() + " has closed a connection");
      }
      while (taken < underWay && in.position() - at >= 2) {
        int length = Octets.u16(replied, at);
        if (in.position() - at < 2 + length) {
          break;
        }
        wrong += expected.isRight(replied, at + 2, length) ? 0 : 1;
        at += 2 + length;
        taken++;
      }
    }
    return wrong;
  }

  private void closeAll() throws IOException {
    for (SocketChannel connection : connections) {
      connection.close();
    }
    connections.clear();
  }

  @Override
  public void close() throws IOException {
    closeAll();
    arena.close();
  }
}
