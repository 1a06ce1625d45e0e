package io.fairlead.dns.net.batch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A bound UDP socket of Linux; one thread receives and sends. */
public final class BatchSocket implements AutoCloseable {
  /** A second of 50,000 queries, so that a pause of this process loses none. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_REUSEPORT = 15;
  private static final int SO_RCVTIMEO = 20;
  private static final int IPPROTO_IP = 0;
  private static final int IP_PKTINFO = 8;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MTU_DISCOVER = 23;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_RECVPKTINFO = 49;

  /** RFC 9715 section 3.1: no fragments of ours, and no forged ICMP that asks for them. */
  private static final int PMTUDISC_OMIT = 5;

  /** Shared, because another thread frees it. */
  private final Arena arena = Arena.ofShared();

  private final MemorySegment state = SystemCalls.newState(arena);
  private final int descriptor;
  private final boolean ipv4;
  private final boolean wildcard;

  private BatchSocket(int descriptor, InetSocketAddress address) {
    this.descriptor = descriptor;
    this.ipv4 = !(address.getAddress() instanceof Inet6Address);
    this.wildcard = address.getAddress().isAnyLocalAddress();
  }

  /**
   * Binds one.
   *
   * @param joinsPort whether a socket of ours has this port already, and shares it
   * @throws IOException in the system's words, where it says no
   */
  public static BatchSocket open(InetSocketAddress address, boolean joinsPort) throws IOException {
    boolean ipv6 = address.getAddress() instanceof Inet6Address;
    try (var call = Arena.ofConfined()) {
      int descriptor =
          checked(
              "socket",
              SystemCalls.socket(
                  SystemCalls.newState(call),
                  ipv6 ? SystemCalls.AF_INET6 : SystemCalls.AF_INET,
                  SystemCalls.SOCK_DGRAM | SystemCalls.SOCK_CLOEXEC,
                  0));
      var socket = new BatchSocket(descriptor, address);
      try {
        socket.setUp(joinsPort);
        checked(
            "bind",
            SystemCalls.bind(
                SystemCalls.newState(call), descriptor, SocketNames.of(address, call)));
      } catch (IOException e) {
        socket.close();
        throw e;
      }
      return socket;
    }
  }

  private void setUp(boolean joinsPort) throws IOException {
    set(SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    if (joinsPort) {
      sharePort();
    }
    if (ipv4) {
      set(IPPROTO_IP, IP_MTU_DISCOVER, PMTUDISC_OMIT);
    } else {
      set(IPPROTO_IPV6, IPV6_V6ONLY, 1);
      set(IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_OMIT);
    }
    if (wildcard) {
      set(ipv4 ? IPPROTO_IP : IPPROTO_IPV6, ipv4 ? IP_PKTINFO : IPV6_RECVPKTINFO, 1);
    }
  }

  /** Lets further sockets of ours join the port. */
  void sharePort() throws IOException {
    set(SOL_SOCKET, SO_REUSEPORT, 1);
  }

  InetSocketAddress localAddress() throws IOException {
    try (var call = Arena.ofConfined()) {
      MemorySegment name = call.allocate(SocketNames.STRIDE, Long.BYTES);
      checked(
          "getsockname",
          SystemCalls.getsockname(
              SystemCalls.newState(call),
              descriptor,
              name,
              SystemCalls.intOption(call, SocketNames.STRIDE)));
      return SocketNames.read(name);
    }
  }

  /** As granted: twice what was asked for (socket(7)), at most twice net.core.rmem_max. */
  int receiveBuffer() throws IOException {
    return get(SOL_SOCKET, SO_RCVBUF);
  }

  int get(int level, int option) throws IOException {
    try (var call = Arena.ofConfined()) {
      MemorySegment value = SystemCalls.intOption(call, 0);
      MemorySegment length = SystemCalls.intOption(call, Integer.BYTES);
      checked(
          "getsockopt",
          SystemCalls.getsockopt(
              SystemCalls.newState(call), descriptor, level, option, value, length));
      return value.get(ValueLayout.JAVA_INT, 0);
    }
  }

  private void set(int level, int option, int value) throws IOException {
    try (var call = Arena.ofConfined()) {
      checked(
          "setsockopt",
          SystemCalls.setsockopt(
              SystemCalls.newState(call),
              descriptor,
              level,
              option,
              SystemCalls.intOption(call, value)));
    }
  }

  boolean isIpv4() {
    return ipv4;
  }

  /** Whether each datagram says which address was asked, and each reply must say so too. */
  boolean isWildcard() {
    return wildcard;
  }

  /**
   * Ends a blocked receive, now and for good; what has been received can still be read. Linux says
   * ENOTCONN to that, and does it: udp(7) sockets are woken by their state, not by a peer.
   */
  void wake() {
    try (var call = Arena.ofConfined()) {
      int _ = SystemCalls.shutdown(SystemCalls.newState(call), descriptor, SystemCalls.SHUT_RD);
    }
  }

  /**
   * Reads what has come, up to so many datagrams.
   *
   * @param wait whether to wait for the first one
   * @return how many, or the error's number below zero
   */
  public int receive(MessageArray into, int atMost, boolean wait) {
    int flags = wait ? SystemCalls.MSG_WAITFORONE : SystemCalls.MSG_DONTWAIT;
    return SystemCalls.recvmmsg(state, descriptor, into.from(0), atMost, flags);
  }

  /**
   * Sends so many datagrams, or the first of them; waits for nothing.
   *
   * @return how many the system has taken, or the error's number below zero
   */
  public int send(MessageArray messages, int first, int count) {
    return SystemCalls.sendmmsg(
        state, descriptor, messages.from(first), count, SystemCalls.MSG_DONTWAIT);
  }

  /** Lets a receive that waits end after so long with nothing. */
  public void receiveTimeout(Duration timeout) throws IOException {
    try (var call = Arena.ofConfined()) {
      MemorySegment time =
          call.allocateFrom(
              ValueLayout.JAVA_LONG, timeout.toSeconds(), timeout.toNanosPart() / 1000);
      checked(
          "setsockopt",
          SystemCalls.setsockopt(
              SystemCalls.newState(call), descriptor, SOL_SOCKET, SO_RCVTIMEO, time));
    }
  }

  /** Only when nobody uses it any more: the system gives the number to the next who asks. */
  @Override
  public void close() {
    try (var call = Arena.ofConfined()) {
      int _ = SystemCalls.close(SystemCalls.newState(call), descriptor);
    }
    arena.close();
  }

  private static int checked(String call, int result) throws IOException {
    if (result < 0) {
      throw SystemCalls.failure(call, -result);
    }
    return result;
  }
}
