package io.fairlead.server.control;

import io.fairlead.server.concurrent.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes what queries see: takes events off the queue, folds them, tells what
 * became of it.
 */
public final class ControlLoop implements AutoCloseable {
  /**
   * Least time between two publishes. A storm of verdicts is folded in batches, at most 50 a
   * second; the delay it adds to a failover is small beside any probe's interval.
   */
  private static final Duration PUBLISH_GAP = Duration.ofMillis(20);

  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

  /** A clock that was set must not make us wait for what has come already. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private record Entry(ControlEvent event, CompletableFuture<Published> done) {
    Entry(ControlEvent event) {
      this(event, new CompletableFuture<>());
    }
  }

  private final ControlFold fold;
  private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final InstantSource clock;
  private final Consumer<Transition> told;
  private final Thread thread;
  private volatile Published current = Published.NOTHING;

  /**
   * Not yet running; {@link #start} starts it.
   *
   * @param clock what time it is
   * @param freed told of each endpoint's number before another member has it
   * @param told is called on the loop's thread after each step, in order; must not block for long
   */
  public ControlLoop(InstantSource clock, IntConsumer freed, Consumer<Transition> told) {
    this.fold = new ControlFold(freed);
    this.clock = clock;
    this.told = told;
    this.thread = Thread.ofPlatform().name("fairlead-control").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Adds an event; never blocks. */
  public void offer(ControlEvent event) {
    queue.add(new Entry(event));
  }

  /** Adds an event, and returns when what came of it has been published. */
  public Published applied(ControlEvent event) {
    var entry = new Entry(event);
    queue.add(entry);
    return entry.done().join();
  }

  /** What is published now; readable from any thread. */
  public Published current() {
    return current;
  }

  private void run() {
    try {
      while (true) {
        List<Entry> batch = takeBatch();
        step(batch);
        TimeUnit.NANOSECONDS.sleep(PUBLISH_GAP.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      queue.forEach(entry -> entry.done().cancel(false));
    }
  }

  /** What has come, behind the time that it is; the time alone where it is a deadline's. */
  private List<Entry> takeBatch() throws InterruptedException {
    Entry first = await(current.nextDeadline());
    var batch = new ArrayList<Entry>();
    batch.add(new Entry(new ControlEvent.TimePassed(clock.instant())));
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch);
    }
    return batch;
  }

  /** The next event; null where none comes before the deadline, or the longest wait, is over. */
  private @Nullable Entry await(Instant deadline) throws InterruptedException {
    if (deadline.equals(Instant.MAX)) {
      return queue.take();
    }
    Duration wait = Duration.between(clock.instant(), deadline);
    long nanos = Math.clamp(wait.toNanos(), 0, LONGEST_WAIT.toNanos());
    return queue.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /** All at once; where that fails, one by one, so that one bad event takes no other with it. */
  private void step(List<Entry> batch) {
    try {
      apply(batch.stream().map(Entry::event).toList());
      batch.forEach(entry -> entry.done().complete(current));
    } catch (
        Throwable
            failure) { // the edge of the control loop: it must outlive whatever one event does
      if (batch.size() > 1) {
        batch.forEach(entry -> step(List.of(entry)));
      } else {
        LOG.error(
            "left out an event that could not be applied: {}", batch.getFirst().event(), failure);
        batch.getFirst().done().completeExceptionally(failure);
      }
    }
  }

  private void apply(List<ControlEvent> events) {
    Published before = current;
    Published after = fold.apply(before, events);
    current = after;
    told.accept(new Transition(before, after, events));
  }

  @Override
  public void close() {
    thread.interrupt();
    Threads.join(thread);
  }
}
