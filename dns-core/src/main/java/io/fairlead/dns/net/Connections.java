package io.fairlead.dns.net;

import io.fairlead.dns.transfer.Transfers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All open TCP connections, of all query threads. Locked, because a limit is one number: entered
 * when a connection opens or closes, never for a message.
 */
final class Connections {
  private final TcpLimits limits;
  private final NetCounts counts;
  private final Transfers transfers;
  private final Map<Long, List<Entry>> byClient = new HashMap<>();
  private final Map<TcpConnection, Entry> open = new HashMap<>();

  /** In the order of the last message <em>as far as looked at</em>; see {@link #oldestIdle}. */
  private final TreeSet<Entry> byIdle =
      new TreeSet<>(
          Comparator.comparingLong((Entry entry) -> entry.lastMessage)
              .thenComparingLong(entry -> entry.number));

  /** With those that no thread has taken in yet, and those that make room and are not gone yet. */
  private final AtomicInteger sockets = new AtomicInteger();

  private long accepted;

  private static final class Entry {
    private final TcpConnection connection;
    private final long number;
    private long lastMessage;

    private Entry(TcpConnection connection, long number) {
      this.connection = connection;
      this.number = number;
      this.lastMessage = connection.lastMessageNanos();
    }
  }

  Connections(TcpLimits limits, NetCounts counts, Transfers transfers) {
    this.limits = limits;
    this.counts = counts;
    this.transfers = transfers;
  }

  Transfers transfers() {
    return transfers;
  }

  long idleNanos() {
    return limits.idleTimeout().toNanos();
  }

  void socketOpened() {
    sockets.incrementAndGet();
  }

  void socketClosed() {
    sockets.decrementAndGet();
  }

  /**
   * Whether more sockets are open than may be, by so many. Who accepts is ahead of who closes; the
   * descriptors between the two are not the clients' to take.
   */
  boolean areOver(int slack) {
    return sockets.get() >= limits.maxConnections() + slack;
  }

  /** Takes a connection in, and closes an idle one for it where a limit is reached. */
  void admit(TcpConnection newcomer) {
    Entry victim;
    synchronized (this) {
      victim = victimFor(newcomer);
      if (victim != null) {
        forget(victim);
      }
      var entry = new Entry(newcomer, accepted++);
      open.put(newcomer, entry);
      byIdle.add(entry);
      byClient.computeIfAbsent(newcomer.clientKey(), _ -> new ArrayList<>(1)).add(entry);
    }
    counts.add(NetCounter.TCP_ACCEPTED, 1);
    counts.add(NetCounter.TCP_OPEN, 1);
    if (victim != null) {
      victim.connection.evict();
    }
  }

  /** A connection has closed, whoever closed it. */
  void closed(TcpConnection connection) {
    synchronized (this) {
      Entry entry = open.get(connection);
      if (entry != null) {
        forget(entry);
      }
    }
  }

  /** Closes up to {@code count} connections, the longest idle first, to free what they hold. */
  void shed(int count) {
    for (int i = 0; i < count; i++) {
      Entry victim;
      synchronized (this) {
        if (byIdle.isEmpty()) {
          return;
        }
        victim = oldestIdle();
        forget(victim);
      }
      victim.connection.evict();
    }
  }

  private @Nullable Entry victimFor(TcpConnection newcomer) {
    List<Entry> ofClient = byClient.getOrDefault(newcomer.clientKey(), List.of());
    if (ofClient.size() >= limits.maxPerClient()) {
      return oldestOf(ofClient);
    }
    return open.size() >= limits.maxConnections() ? oldestIdle() : null;
  }

  private static Entry oldestOf(List<Entry> few) {
    Entry oldest = few.getFirst();
    for (Entry entry : few) {
      if (entry.connection.lastMessageNanos() < oldest.connection.lastMessageNanos()) {
        oldest = entry;
      }
    }
    return oldest;
  }

  /**
   * The order is put right only here, and only at its head, so that a message costs a connection
   * nothing but a write of the time. Whoever is at the head with its time still true is the oldest:
   * all others had a later one when they were looked at, and times only grow.
   */
  private Entry oldestIdle() {
    while (true) {
      Entry head = byIdle.first();
      long lastMessage = head.connection.lastMessageNanos();
      if (head.lastMessage == lastMessage) {
        return head;
      }
      byIdle.remove(head);
      head.lastMessage = lastMessage;
      byIdle.add(head);
    }
  }

  private void forget(Entry entry) {
    open.remove(entry.connection);
    byIdle.remove(entry);
    List<Entry> ofClient = byClient.get(entry.connection.clientKey());
    if (ofClient != null && ofClient.remove(entry) && ofClient.isEmpty()) {
      byClient.remove(entry.connection.clientKey());
    }
    counts.add(NetCounter.TCP_OPEN, -1);
  }
}
