package io.fairlead.dns.net.batch;

import static io.fairlead.dns.net.batch.SocketNames.STRIDE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.query.Exchange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory of one thread: slots for the queries of a batch, and for its replies. A reply is sent
 * with the very name, and from the very address, that its query came with: nothing is copied.
 */
final class Batch {
  /** Datagrams of a batch: one system call reads them, one sends the replies. */
  static final int SIZE = 64;

  /** Between the starts of two slots; not a power of two, or all would meet in few cache lines. */
  private static final int QUERY_STRIDE = BatchThread.MAX_QUERY + 64;

  /**
   * Replies stand side by side in steps of this; a usual one takes one step. What a handler may
   * write reaches over many steps, so the last place is a longest message before the end.
   */
  private static final int REPLY_STEP = 512 + 64;

  private static final int REPLY_STEPS = 2 * SIZE;

  /** {@code cmsghdr} (16 octets) and {@code in_pktinfo} (12) or {@code in6_pktinfo} (20). */
  private static final int CONTROL_STRIDE = 64;

  private static final int IPV4_CONTROL = 16 + 16;
  private static final int IPV6_CONTROL = 16 + 24;

  /** The interface's number in {@code in_pktinfo}, and in {@code in6_pktinfo}. */
  private static final int IPV4_INTERFACE = 16;

  private static final int IPV6_INTERFACE = 16 + 16;

  private final boolean ipv4;
  private final boolean wildcard;
  private final MessageArray received;
  private final MessageArray replies;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final MemorySegment[] queries = new MemorySegment[SIZE];
  private final MemorySegment[] places = new MemorySegment[REPLY_STEPS];

  private int step;
  private int ready;

  Batch(boolean ipv4, boolean wildcard, Arena arena) {
    this.ipv4 = ipv4;
    this.wildcard = wildcard;
    received = new MessageArray(SIZE, arena);
    replies = new MessageArray(SIZE, arena);
    names = arena.allocate((long) SIZE * STRIDE, STRIDE);
    controls = arena.allocate((long) SIZE * CONTROL_STRIDE, CONTROL_STRIDE);
    MemorySegment in = arena.allocate((long) SIZE * QUERY_STRIDE, STRIDE);
    MemorySegment out =
        arena.allocate((long) REPLY_STEPS * REPLY_STEP + Exchange.MAX_MESSAGE, STRIDE);
    for (int i = 0; i < SIZE; i++) {
      queries[i] = in.asSlice((long) i * QUERY_STRIDE, BatchThread.MAX_QUERY);
      received.name(i, names.address() + (long) i * STRIDE, nameRoom());
      received.content(i, queries[i].address(), BatchThread.MAX_QUERY);
      if (wildcard) {
        received.control(i, controls.address() + (long) i * CONTROL_STRIDE, controlRoom());
      }
    }
    for (int i = 0; i < REPLY_STEPS; i++) {
      places[i] = out.asSlice((long) i * REPLY_STEP, Exchange.MAX_MESSAGE);
    }
  }

  private int nameRoom() {
    return ipv4 ? SocketNames.IPV4_LENGTH : SocketNames.IPV6_LENGTH;
  }

  private int controlRoom() {
    return wildcard ? ipv4 ? IPV4_CONTROL : IPV6_CONTROL : 0;
  }

  MessageArray received() {
    return received;
  }

  MessageArray replies() {
    return replies;
  }

  MemorySegment query(int index) {
    return queries[index];
  }

  /** What a woken socket "receives" was sent by nobody. */
  boolean hasSender(int index) {
    return received.nameLength(index) != 0;
  }

  int senderPort(int index) {
    return SocketNames.port(names, index * STRIDE);
  }

  void fillSender(int index, Address target) {
    SocketNames.fill(target, names, index * STRIDE, ipv4);
  }

  /** Where the next reply is to be written. */
  MemorySegment place() {
    return places[step];
  }

  /** Takes the reply that stands at {@link #place}, to the sender of a query. */
  void reply(int query, int length) {
    replies.content(ready, places[step].address(), length);
    replies.name(ready, names.address() + (long) query * STRIDE, nameRoom());
    if (wildcard) {
      controls.set(JAVA_INT, query * CONTROL_STRIDE + (ipv4 ? IPV4_INTERFACE : IPV6_INTERFACE), 0);
      replies.control(
          ready, controls.address() + (long) query * CONTROL_STRIDE, received.controlLength(query));
    }
    ready++;
    step += (length + REPLY_STEP - 1) / REPLY_STEP;
  }

  /** Replies that wait to be sent. */
  int ready() {
    return ready;
  }

  /** Whether they have to be sent before there is a place for the next. */
  boolean isFull() {
    return step >= REPLY_STEPS;
  }

  void sent() {
    ready = 0;
    step = 0;
  }

  /** Makes the first so many ready for the next receive. */
  void renew(int count) {
    for (int i = 0; i < count; i++) {
      received.renew(i, nameRoom(), controlRoom());
    }
  }
}
