package io.fairlead.dns.net.batch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.NoSuchElementException;

/**
 * The C library's functions for datagrams. Handles are in static finals, so that a call is compiled
 * to a jump. Each function returns what C does, or the error's number below zero. Numbers are those
 * of Linux's headers, which x86-64 and 64-bit ARM share.
 */
final class SystemCalls {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int SHUT_RD = 0;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_WAITFORONE = 0x10000;

  static final int EINTR = 4;
  static final int EAGAIN = 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /**
   * One type for all of them, so that the JVM links one and not nine when it starts. Five registers
   * are set, whatever a function reads of them, and of an int it reads the lower half; so say the
   * calling conventions of x86-64 and of 64-bit ARM.
   */
  private static final FunctionDescriptor ANY_CALL =
      FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final MethodHandle SOCKET = of("socket");
  private static final MethodHandle BIND = of("bind");
  private static final MethodHandle GETSOCKNAME = of("getsockname");
  private static final MethodHandle SETSOCKOPT = of("setsockopt");
  private static final MethodHandle GETSOCKOPT = of("getsockopt");
  private static final MethodHandle RECVMMSG = of("recvmmsg");
  private static final MethodHandle SENDMMSG = of("sendmmsg");
  private static final MethodHandle SHUTDOWN = of("shutdown");
  private static final MethodHandle CLOSE = of("close");

  private static final long NONE = 0;

  /** Longest text of an error that is read. */
  private static final int MAX_TEXT = 256;

  private SystemCalls() {}

  private static MethodHandle of(String name) {
    return downcall(name, ANY_CALL, Linker.Option.captureCallState("errno"));
  }

  @SuppressWarnings("restricted") // Support has asked whether native access is enabled
  private static MethodHandle downcall(
      String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment function =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new NoSuchElementException("the C library has no " + name));
    return LINKER.downcallHandle(function, type, options);
  }

  /** Where calls leave the error's number: one for each thread. */
  static MemorySegment newState(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  static int recvmmsg(
      MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
    return call(RECVMMSG, state, socket, messages.address(), count, flags, NONE);
  }

  static int sendmmsg(
      MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
    return call(SENDMMSG, state, socket, messages.address(), count, flags, NONE);
  }

  static int socket(MemorySegment state, int family, int type, int protocol) {
    return call(SOCKET, state, family, type, protocol, NONE, NONE);
  }

  static int bind(MemorySegment state, int socket, MemorySegment name) {
    return call(BIND, state, socket, name.address(), name.byteSize(), NONE, NONE);
  }

  static int getsockname(
      MemorySegment state, int socket, MemorySegment name, MemorySegment length) {
    return call(GETSOCKNAME, state, socket, name.address(), length.address(), NONE, NONE);
  }

  static int setsockopt(
      MemorySegment state, int socket, int level, int option, MemorySegment value) {
    return call(SETSOCKOPT, state, socket, level, option, value.address(), value.byteSize());
  }

  static int getsockopt(
      MemorySegment state,
      int socket,
      int level,
      int option,
      MemorySegment value,
      MemorySegment length) {
    return call(GETSOCKOPT, state, socket, level, option, value.address(), length.address());
  }

  static int shutdown(MemorySegment state, int socket, int how) {
    return call(SHUTDOWN, state, socket, how, NONE, NONE, NONE);
  }

  static int close(MemorySegment state, int socket) {
    return call(CLOSE, state, socket, NONE, NONE, NONE, NONE);
  }

  /** Inlined where the function is one of the constants above. */
  private static int call(
      MethodHandle function,
      MemorySegment state,
      long first,
      long second,
      long third,
      long fourth,
      long fifth) {
    int result;
    try {
      result = (int) function.invokeExact(state, first, second, third, fourth, fifth);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
    return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
  }

  /** What a call said, in the system's words: {@code bind: Address already in use}. */
  static IOException failure(String call, int error) {
    return new IOException(call + ": " + text(error));
  }

  @SuppressWarnings("restricted") // a string of the C library, read up to its end
  private static String text(int error) {
    // Linked only when something fails, which is seldom.
    MethodHandle strerror = downcall("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    try {
      var text = (MemorySegment) strerror.invokeExact(error);
      return text.reinterpret(MAX_TEXT).getString(0);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  /** A method handle may declare anything; a function of C throws nothing. */
  private static IllegalStateException neverThrown(Throwable e) {
    return new IllegalStateException("a system call threw", e);
  }

  /** An int for an option, or room for one. */
  static MemorySegment intOption(Arena arena, int value) {
    return arena.allocateFrom(ValueLayout.JAVA_INT, value);
  }
}
