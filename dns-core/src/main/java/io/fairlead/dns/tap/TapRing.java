package io.fairlead.dns.tap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.fairlead.dns.choice.Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * A ring of octets between one query thread, which writes and never waits, and one reader. What
 * finds no room is lost and counted.
 *
 * <pre>
 * | length 4 | query 4 | reply 4 | transport 1, family 1, port 2 | nanos 8 | address 16 | octets |
 * </pre>
 */
public final class TapRing {
  /** Some 8,000 queries with their replies, as they usually are. */
  private static final int CAPACITY = 1 << 20;

  private static final int QUERY_AT = 4;
  private static final int REPLY_AT = 8;
  private static final int PEER_AT = 12;
  private static final int NANOS_AT = 16;
  private static final int ADDRESS_AT = 24;
  private static final int HEAD = 40;

  /** In the place of a length: the rest of the ring is empty, go on at its start. */
  private static final int WRAP = -1;

  private static final VarHandle WRITTEN;
  private static final VarHandle READ;
  private static final VarHandle LOST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      WRITTEN = lookup.findVarHandle(TapRing.class, "written", long.class);
      READ = lookup.findVarHandle(TapRing.class, "read", long.class);
      LOST = lookup.findVarHandle(TapRing.class, "lost", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final MemorySegment octets = Arena.ofAuto().allocate(CAPACITY, Long.BYTES);

  /** Octets ever written; only the writer changes it. */
  private long written;

  /** Octets ever read; only the reader changes it. */
  private long read;

  private long lost;

  /** For the one writer: takes a copy, or counts it as lost. */
  public void offer(
      long nanos,
      int transport,
      Address peer,
      int port,
      MemorySegment query,
      int queryLength,
      MemorySegment reply,
      int replyLength) {
    int length = (HEAD + queryLength + replyLength + Long.BYTES - 1) & -Long.BYTES;
    int at = (int) (written & (CAPACITY - 1));
    int skipped = at + length > CAPACITY ? CAPACITY - at : 0;
    if (written + skipped + length - (long) READ.getAcquire(this) > CAPACITY) {
      LOST.setOpaque(this, lost + 1);
      return;
    }
    if (skipped > 0) {
      octets.set(JAVA_INT, at, WRAP);
      at = 0;
    }
    octets.set(JAVA_INT, at, length);
    octets.set(JAVA_INT, at + QUERY_AT, queryLength);
    octets.set(JAVA_INT, at + REPLY_AT, replyLength);
    octets.set(JAVA_INT, at + PEER_AT, transport << 24 | peer.family() << 16 | port);
    octets.set(JAVA_LONG, at + NANOS_AT, nanos);
    octets.set(JAVA_LONG, at + ADDRESS_AT, peer.high());
    octets.set(JAVA_LONG, at + ADDRESS_AT + Long.BYTES, peer.low());
    MemorySegment.copy(query, 0, octets, at + HEAD, queryLength);
    MemorySegment.copy(reply, 0, octets, at + HEAD + queryLength, replyLength);
    WRITTEN.setRelease(this, written + skipped + length);
  }

  /** For the one reader: hands over all that there is; returns how many. */
  int drain(Consumer<Tapped> sink) {
    long end = (long) WRITTEN.getAcquire(this);
    int count = 0;
    while (read < end) {
      int at = (int) (read & (CAPACITY - 1));
      int length = octets.get(JAVA_INT, at);
      if (length == WRAP) {
        READ.setRelease(this, read + CAPACITY - at);
        continue;
      }
      Tapped next = get(at);
      READ.setRelease(this, read + length);
      sink.accept(next);
      count++;
    }
    return count;
  }

  private Tapped get(int at) {
    int queryLength = octets.get(JAVA_INT, at + QUERY_AT);
    int replyLength = octets.get(JAVA_INT, at + REPLY_AT);
    int peer = octets.get(JAVA_INT, at + PEER_AT);
    long high = octets.get(JAVA_LONG, at + ADDRESS_AT);
    long low = octets.get(JAVA_LONG, at + ADDRESS_AT + Long.BYTES);
    var address = new Address();
    if ((peer >>> 16 & 0xff) == Address.IPV4) {
      address.setIpv4((int) (high >>> 32), 32);
    } else {
      address.setIpv6(high, low, 128);
    }
    return new Tapped(
        octets.get(JAVA_LONG, at + NANOS_AT),
        peer >>> 24,
        address.toInetAddress(),
        peer & 0xffff,
        octets.asSlice(at + HEAD, queryLength).toArray(JAVA_BYTE),
        octets.asSlice(at + HEAD + queryLength, replyLength).toArray(JAVA_BYTE));
  }

  long lost() {
    return (long) LOST.getOpaque(this);
  }
}
