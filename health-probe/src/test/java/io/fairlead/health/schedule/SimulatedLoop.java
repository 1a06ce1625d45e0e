package io.fairlead.health.schedule;

import java.util.PriorityQueue;

/** Time that moves only when told; timers run in the order of their moments. */
final class SimulatedLoop implements Loop {
  private final PriorityQueue<Pending> pending = new PriorityQueue<>();
  private long now;
  private long sequence;
  private boolean closed;

  /** Begins anywhere: nanoTime may be negative, and may pass through zero. */
  SimulatedLoop(long startNanos) {
    now = startNanos;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    var timer = new Pending(now + Math.max(0, delayNanos), sequence++, task);
    pending.add(timer);
    return () -> timer.cancelled = true;
  }

  @Override
  public void execute(Runnable task) {
    Timer _ = schedule(0, task);
  }

  @Override
  public void close() {
    advance(0);
    closed = true;
    pending.clear();
  }

  /** Lets time pass; every timer runs at its moment. */
  void advance(long nanos) {
    long end = now + nanos;
    while (!closed && !pending.isEmpty() && pending.peek().at - end <= 0) {
      Pending next = pending.remove();
      if (!next.cancelled) {
        now = Math.max(now, next.at);
        next.task.run();
      }
    }
    now = end;
  }

  /** The process stands still: time passes, and all that was due meanwhile runs late. */
  void standStill(long nanos) {
    now += nanos;
  }

  private static final class Pending implements Comparable<Pending> {
    final long at;
    final long order;
    final Runnable task;
    boolean cancelled;

    Pending(long at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }

    @Override
    public int compareTo(Pending other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }
}
