package io.fairlead.server.concurrent;

/**
 * Waiting for a thread's end, as closing does: an interrupt ends the wait and is kept for the
 * caller.
 */
public final class Threads {
  private Threads() {}

  public static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
