package io.fairlead.dns.net.batch;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Whether this machine can have the batch engine. Asked by doing: a filter of system calls, or a
 * kernel that only looks like Linux, is seen by what it says to the calls themselves.
 */
public final class Support {
  private static final Set<String> MACHINES = Set.of("amd64", "x86_64", "aarch64");

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;

  /** A woken receive returns at once; one that has to be ended by its timeout does not. */
  private static final long WAKE_TIMEOUT_MICROS = 500_000;

  private Support() {}

  /** In words for the operator; empty where nothing is in the way. */
  public static String whyNot() {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch");
    if (!system.equals("Linux") || !MACHINES.contains(machine) || !is64BitLittleEndian()) {
      return "it is for Linux on x86-64 and 64-bit ARM; this is " + system + " on " + machine;
    }
    Module module = Support.class.getModule();
    if (!module.isNativeAccessEnabled()) {
      return "native access is not enabled; the JVM's option is --enable-native-access="
          + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }
    try {
      return whatFails();
    } catch (LinkageError e) {
      return "the C library cannot be called: " + e.getCause();
    }
  }

  private static boolean is64BitLittleEndian() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
        && ValueLayout.ADDRESS.byteSize() == Long.BYTES;
  }

  private static String whatFails() {
    try (var arena = Arena.ofConfined()) {
      MemorySegment state = SystemCalls.newState(arena);
      int socket =
          SystemCalls.socket(
              state, SystemCalls.AF_INET, SystemCalls.SOCK_DGRAM | SystemCalls.SOCK_CLOEXEC, 0);
      if (socket < 0) {
        return said("socket", socket);
      }
      try {
        return whatFails(socket, state, arena);
      } finally {
        int _ = SystemCalls.close(state, socket);
      }
    }
  }

  private static String whatFails(int socket, MemorySegment state, Arena arena) {
    MemorySegment batch = new MessageArray(1, arena).from(0);
    int sent = SystemCalls.sendmmsg(state, socket, batch, 0, SystemCalls.MSG_DONTWAIT);
    if (sent < 0) {
      return said("sendmmsg", sent);
    }
    int received = SystemCalls.recvmmsg(state, socket, batch, 1, SystemCalls.MSG_DONTWAIT);
    if (received != -SystemCalls.EAGAIN) {
      return said("recvmmsg", received);
    }
    MemorySegment timeout = arena.allocateFrom(ValueLayout.JAVA_LONG, 0, WAKE_TIMEOUT_MICROS);
    int set = SystemCalls.setsockopt(state, socket, SOL_SOCKET, SO_RCVTIMEO, timeout);
    if (set < 0) {
      return said("setsockopt", set);
    }
    int _ = SystemCalls.shutdown(state, socket, SystemCalls.SHUT_RD);
    int woken = SystemCalls.recvmmsg(state, socket, batch, 1, SystemCalls.MSG_WAITFORONE);
    return woken < 0 ? "a receive that waits cannot be woken: " + said("recvmmsg", woken) : "";
  }

  private static String said(String call, int result) {
    return result < 0
        ? String.valueOf(SystemCalls.failure(call, -result).getMessage())
        : call + ": said " + result + " where nothing was to be had";
  }
}
