package io.fairlead.dns.net.batch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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

  private static final MethodHandle SOCKET = of("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = of("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME = of("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      of("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      of("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle RECVMMSG =
      of("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SENDMMSG =
      of("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle SHUTDOWN = of("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = of("close", JAVA_INT);
  private static final MethodHandle STRERROR =
      downcall("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  /** Longest text of an error that is read. */
  private static final int MAX_TEXT = 256;

  private SystemCalls() {}

  private static MethodHandle of(String name, MemoryLayout... arguments) {
    return downcall(
        name, FunctionDescriptor.of(JAVA_INT, arguments), Linker.Option.captureCallState("errno"));
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

  private static int orError(int result, MemorySegment state) {
    return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
  }

  static int recvmmsg(
      MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
    try {
      return orError(
          (int) RECVMMSG.invokeExact(state, socket, messages, count, flags, MemorySegment.NULL),
          state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int sendmmsg(
      MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
    try {
      return orError((int) SENDMMSG.invokeExact(state, socket, messages, count, flags), state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int socket(MemorySegment state, int family, int type, int protocol) {
    try {
      return orError((int) SOCKET.invokeExact(state, family, type, protocol), state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int bind(MemorySegment state, int socket, MemorySegment name) {
    try {
      return orError((int) BIND.invokeExact(state, socket, name, (int) name.byteSize()), state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int getsockname(
      MemorySegment state, int socket, MemorySegment name, MemorySegment length) {
    try {
      return orError((int) GETSOCKNAME.invokeExact(state, socket, name, length), state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int setsockopt(
      MemorySegment state, int socket, int level, int option, MemorySegment value) {
    try {
      return orError(
          (int) SETSOCKOPT.invokeExact(state, socket, level, option, value, (int) value.byteSize()),
          state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int getsockopt(
      MemorySegment state,
      int socket,
      int level,
      int option,
      MemorySegment value,
      MemorySegment length) {
    try {
      return orError(
          (int) GETSOCKOPT.invokeExact(state, socket, level, option, value, length), state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int shutdown(MemorySegment state, int socket, int how) {
    try {
      return orError((int) SHUTDOWN.invokeExact(state, socket, how), state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  static int close(MemorySegment state, int socket) {
    try {
      return orError((int) CLOSE.invokeExact(state, socket), state);
    } catch (Throwable e) {
      throw neverThrown(e);
    }
  }

  /** What a call said, in the system's words: {@code bind: Address already in use}. */
  static IOException failure(String call, int error) {
    return new IOException(call + ": " + text(error));
  }

  @SuppressWarnings("restricted") // a string of the C library, read up to its end
  private static String text(int error) {
    try {
      var text = (MemorySegment) STRERROR.invokeExact(error);
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
