package io.fairlead.server.scenario;

import io.fairlead.server.Fairlead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Asks at a steady rate over UDP, and now and then over TCP, while something happens to the server;
 * counts what is lost and keeps what is wrong.
 */
final class Witness implements AutoCloseable {
  /** A reply that takes longer on loopback does not come any more. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Questions under way at most: what the smallest receive buffer holds. On a machine that stands
   * still the witness asks less, rather than losing replies by itself.
   */
  private static final int WINDOW = 100;

  private static final int TCP_EVERY = 50;
  private static final int KEPT = 20;
  private static final long NOT_NOW = Long.MAX_VALUE;

  /**
   * What was seen.
   *
   * @param asked over UDP and TCP
   * @param lost UDP questions without a reply, TCP questions that failed
   * @param wrong the first wrong answers, in words
   */
  record Report(long asked, long overTcp, long lost, List<String> wrong) {}

  private final DatagramChannel channel;
  private final Ask ask;
  private final List<Name> names;
  private final Function<Message, String> judge;
  private final long gapNanos;
  private final List<Thread> threads;

  // Guarded by this.
  private final BitSet under = new BitSet(1 << 16);
  private final long[] sentAt = new long[1 << 16];
  private final List<String> wrong = new ArrayList<>();
  private int underWay;
  private long asked;
  private long overTcp;
  private long lost;
  private long tcpSince = NOT_NOW;
  private volatile boolean stopping;

  /**
   * @param names asked in turn
   * @param judge what is wrong with a reply; empty = nothing
   */
  Witness(Fairlead server, int perSecond, List<String> names, Function<Message, String> judge) {
    try {
      InetSocketAddress udp = server.udpAddresses().getFirst();
      this.ask = new Ask(udp, server.tcpAddresses().getFirst());
      this.channel = DatagramChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
      channel.connect(udp);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.names = names.stream().map(Witness::absolute).toList();
    this.judge = judge;
    this.gapNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    this.threads =
        List.of(
            Thread.ofPlatform().daemon().name("witness-asks").start(this::askUdp),
            Thread.ofPlatform().daemon().name("witness-hears").start(this::hear),
            Thread.ofPlatform().daemon().name("witness-tcp").start(this::askTcp));
  }

  private static Name absolute(String name) {
    return Name.fromConstantString(name + ".");
  }

  private Message query(long number) {
    Name name = names.get((int) (number % names.size()));
    Message query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
    query.getHeader().setID((int) (number & 0xffff));
    return query;
  }

  private void askUdp() {
    long next = System.nanoTime();
    for (long number = 0; !stopping; number++) {
      waitForRoom();
      Message query = query(number);
      synchronized (this) {
        int id = query.getHeader().getID();
        giveUp(id);
        under.set(id);
        sentAt[id] = System.nanoTime();
        underWay++;
        asked++;
      }
      try {
        channel.write(ByteBuffer.wrap(query.toWire()));
      } catch (IOException e) {
        tell("cannot ask: " + e);
      }
      next = Math.max(next + gapNanos, System.nanoTime() - PATIENCE.toNanos());
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void waitForRoom() {
    while (!stopping && !hasRoom()) {
      LockSupport.parkNanos(gapNanos);
    }
  }

  private synchronized boolean hasRoom() {
    if (underWay < WINDOW) {
      return true;
    }
    long now = System.nanoTime();
    under.stream().filter(id -> now - sentAt[id] > PATIENCE.toNanos()).forEach(this::giveUp);
    return underWay < WINDOW;
  }

  private synchronized void giveUp(int id) {
    if (under.get(id)) {
      under.clear(id);
      underWay--;
      lost++;
    }
  }

  private void hear() {
    ByteBuffer packet = ByteBuffer.allocate(1 << 16);
    while (true) {
      try {
        channel.read(packet.clear());
        byte[] octets = new byte[packet.flip().remaining()];
        packet.get(octets);
        heard(new Message(octets));
      } catch (IOException e) {
        if (!channel.isOpen()) {
          return;
        }
        tell("cannot hear: " + e);
      }
    }
  }

  private void heard(Message reply) {
    int id = reply.getHeader().getID();
    synchronized (this) {
      if (!under.get(id)) {
        tell("a reply that nobody waits for: " + reply);
        return;
      }
    }
    check(reply);
    synchronized (this) {
      under.clear(id);
      underWay--;
    }
  }

  private void check(Message reply) {
    if (!reply.getHeader().getFlag(Flags.QR) || reply.getQuestion() == null) {
      tell("no reply: " + reply);
    }
    String fault = judge.apply(reply);
    if (!fault.isEmpty()) {
      tell(fault + "\n" + reply);
    }
  }

  private synchronized void tell(String fault) {
    if (wrong.size() < KEPT) {
      wrong.add(fault);
    }
  }

  private void askTcp() {
    for (long number = 0; !stopping; number++) {
      String name = names.get((int) (number % names.size())).toString(true);
      synchronized (this) {
        tcpSince = System.nanoTime();
      }
      String fault = "";
      try {
        check(ask.tcp(name, Type.A));
      } catch (UncheckedIOException e) {
        fault = "TCP: " + e;
        tell(fault);
      }
      synchronized (this) {
        tcpSince = NOT_NOW;
        lost += fault.isEmpty() ? 0 : 1;
        asked++;
        overTcp++;
      }
      LockSupport.parkNanos(gapNanos * TCP_EVERY);
    }
  }

  synchronized long asked() {
    return asked;
  }

  /** Returns when all that was asked until now has been answered and looked at. */
  void settle() {
    long now = System.nanoTime();
    Until.isTrue("answers to all questions", PATIENCE, () -> isSettled(now));
  }

  private synchronized boolean isSettled(long until) {
    return tcpSince > until && under.stream().noneMatch(id -> sentAt[id] <= until);
  }

  /** Stops asking, waits for what is under way, and tells. */
  Report report() {
    stopping = true;
    try {
      threads.get(0).join();
      threads.get(2).join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (isWaiting() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    synchronized (this) {
      return new Report(asked, overTcp, lost + underWay, List.copyOf(wrong));
    }
  }

  private synchronized boolean isWaiting() {
    return underWay > 0;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      channel.close();
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
