package io.fairlead.server.admin;

import io.fairlead.dns.count.Counters;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How often each member was handed out of late. What query threads count anyway is looked at every
 * few seconds: a query pays nothing for it.
 */
public final class Shares implements AutoCloseable {
  /**
   * Long enough for a share that means something at a query a second, and soon true after a change.
   */
  static final Duration SPAN = Duration.ofSeconds(60);

  private static final Duration STEP = Duration.ofSeconds(10);

  /** How often each endpoint had been handed out at a moment. */
  private record Look(long nanos, long[] handedOut) {
    long of(int endpoint) {
      return endpoint < handedOut.length ? handedOut[endpoint] : 0;
    }
  }

  private final Counters counters;
  private final Supplier<Published> published;
  private final LongSupplier ticker;
  private final ArrayDeque<Look> looks = new ArrayDeque<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fairlead-shares").daemon().factory());
  private volatile Look oldest;

  public Shares(Counters counters, Supplier<Published> published, LongSupplier ticker) {
    this.counters = counters;
    this.published = published;
    this.ticker = ticker;
    this.oldest = new Look(ticker.getAsLong(), new long[0]);
    looks.add(oldest);
    var _ =
        timer.scheduleWithFixedDelay(
            this::look, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks now; the oldest look is at least one span ago, once so long has passed. */
  void look() {
    int size =
        published.get().plan().allMembers().mapToInt(PlannedMember::endpoint).max().orElse(-1) + 1;
    var handedOut = new long[size];
    for (int endpoint = 0; endpoint < size; endpoint++) {
      handedOut[endpoint] = counters.handedOut(endpoint);
    }
    long now = ticker.getAsLong();
    looks.addLast(new Look(now, handedOut));
    while (looks.size() > 1 && second().nanos() <= now - SPAN.toNanos()) {
      looks.removeFirst();
    }
    oldest = looks.getFirst();
  }

  private Look second() {
    var each = looks.iterator();
    each.next();
    return each.next();
  }

  /** How often it was handed out since the start. */
  long ever(int endpoint) {
    return counters.handedOut(endpoint);
  }

  /** How often it was handed out within about the last span. */
  long lately(int endpoint) {
    long then = oldest.of(endpoint);
    long now = counters.handedOut(endpoint);
    return now < then ? now : now - then; // another member had this number then
  }

  /** How long {@link #lately} is; a second at least, before which a rate means nothing. */
  double latelySeconds() {
    return Math.max(1, (ticker.getAsLong() - oldest.nanos()) / 1e9);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
