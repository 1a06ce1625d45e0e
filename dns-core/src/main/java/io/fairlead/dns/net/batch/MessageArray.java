package io.fairlead.dns.net.batch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * An array of {@code struct mmsghdr} (recvmmsg(2)), each with its {@code iovec}: laid out once, and
 * afterwards only the numbers change. 64-bit Linux has
 *
 * <pre>
 *   mmsghdr  0 msg_name  8 msg_namelen  16 msg_iov  24 msg_iovlen
 *            32 msg_control  40 msg_controllen  48 msg_flags  56 msg_len
 *   iovec    0 iov_base  8 iov_len
 * </pre>
 */
public final class MessageArray {
  private static final int HEADER = 64;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int VECTORS = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;
  private static final int LENGTH = 56;

  private static final int VECTOR = 16;
  private static final int VECTOR_LENGTH = 8;

  private final MemorySegment headers;
  private final MemorySegment vectors;

  public MessageArray(int count, Arena arena) {
    headers = arena.allocate((long) count * HEADER, HEADER);
    vectors = arena.allocate((long) count * VECTOR, HEADER);
    for (int i = 0; i < count; i++) {
      headers.set(JAVA_LONG, header(i) + VECTORS, vectors.address() + vector(i));
      headers.set(JAVA_LONG, header(i) + VECTOR_COUNT, 1);
    }
  }

  private static long header(int index) {
    return (long) index * HEADER;
  }

  private static long vector(int index) {
    return (long) index * VECTOR;
  }

  /** From one of them on, as system calls take them. */
  MemorySegment from(int index) {
    return index == 0 ? headers : headers.asSlice(header(index));
  }

  /** Whom a message is for, or room for whom it is from. */
  void name(int index, long address, int length) {
    headers.set(JAVA_LONG, header(index) + NAME, address);
    headers.set(JAVA_INT, header(index) + NAME_LENGTH, length);
  }

  /** Whom a message is for. */
  public void recipient(int index, InetSocketAddress address, Arena arena) {
    MemorySegment name = SocketNames.of(address, arena);
    name(index, name.address(), (int) name.byteSize());
  }

  int nameLength(int index) {
    return headers.get(JAVA_INT, header(index) + NAME_LENGTH);
  }

  /** What is sent, or room for what is received. */
  public void content(int index, long address, int length) {
    vectors.set(JAVA_LONG, vector(index), address);
    vectors.set(JAVA_LONG, vector(index) + VECTOR_LENGTH, length);
  }

  void control(int index, long address, int length) {
    headers.set(JAVA_LONG, header(index) + CONTROL, address);
    headers.set(JAVA_LONG, header(index) + CONTROL_LENGTH, length);
  }

  int controlLength(int index) {
    return (int) headers.get(JAVA_LONG, header(index) + CONTROL_LENGTH);
  }

  /** Makes ready for the next receive what the last one has written. */
  void renew(int index, int nameLength, int controlLength) {
    headers.set(JAVA_INT, header(index) + NAME_LENGTH, nameLength);
    headers.set(JAVA_LONG, header(index) + CONTROL_LENGTH, controlLength);
    headers.set(JAVA_INT, header(index) + FLAGS, 0);
  }

  /** Octets received, as much as there was room for; or octets sent. */
  public int length(int index) {
    return headers.get(JAVA_INT, header(index) + LENGTH);
  }
}
