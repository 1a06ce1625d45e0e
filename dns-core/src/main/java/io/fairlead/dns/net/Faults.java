package io.fairlead.dns.net;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts every fault and tells of each kind once: a flood of bad luck is no flood of logs. */
final class Faults {
  /** Kinds beyond these are counted only, so that nobody can fill the memory with kinds. */
  private static final int MAX_KINDS = 100;

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final NetCounts counts;
  private final Consumer<NetFault> listener;

  Faults(NetCounts counts, Consumer<NetFault> listener) {
    this.counts = counts;
    this.listener = listener;
  }

  void report(String where, Throwable cause) {
    counts.add(NetCounter.FAULTS, 1);
    if (told.size() < MAX_KINDS && told.add(where + kind(cause))) {
      listener.accept(new NetFault(where, cause));
    }
  }

  /**
   * A system call is told apart by its words, of which there are few; anything else by the line
   * that threw it, because a stranger's packet can choose the words.
   */
  private static String kind(Throwable cause) {
    if (cause instanceof IOException) {
      return cause.toString();
    }
    StackTraceElement[] trace = cause.getStackTrace();
    return cause.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
  }
}
