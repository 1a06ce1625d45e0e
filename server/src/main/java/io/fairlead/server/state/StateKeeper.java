package io.fairlead.server.state;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest state on disk, on a thread of its own: neither queries nor control wait for a
 * disk. States that come while one is being written replace each other; the newest is written next.
 * The whole state is written each time, so that what changes by itself all day, such as verdicts,
 * has to wait a little for its like.
 */
public final class StateKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

  /** A full disk may have room again. */
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

  /** What a power cut may cost of verdicts and members; both are learnt again within seconds. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Longer than any write that will still come to an end. */
  private static final Duration LAST_WRITE_AT_MOST = Duration.ofSeconds(2);

  private record Pending(Supplier<KeptState> state, CompletableFuture<Void> written) {}

  private final StateFile file;
  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
  private final AtomicBoolean soon = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor writer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("fairlead-state").daemon().factory());
  private volatile String failure = "";

  public StateKeeper(StateFile file) {
    this.file = file;
    writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Reads the newest whole state; says what was passed over. Never fails: a server without its past
   * still serves.
   */
  public static Optional<KeptState> restore(StateFile file) {
    StateFile.Found found = file.read();
    found.passedOver().forEach(why -> LOG.warn("passed over a kept state: {}", why));
    for (String document : found.documents()) {
      try {
        return Optional.of(StateCodec.decode(document));
      } catch (IllegalArgumentException e) {
        LOG.warn("passed over a kept state: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Hands over a state; the future completes when it, or a newer one, is on disk, or fails as the
   * disk does.
   */
  public CompletableFuture<Void> keep(KeptState state) {
    return keep(() -> state);
  }

  /**
   * The same of a state that is only made when it is written: control does not wait for what grows
   * with all members.
   *
   * @param state called on the writer's thread, at most once
   */
  public CompletableFuture<Void> keep(Supplier<KeptState> state) {
    CompletableFuture<Void> written = take(state);
    writer.execute(this::writeNewest);
    return written;
  }

  /** The same, but not at once: all that is handed over within {@link #SOON} is one write. */
  public CompletableFuture<Void> keepSoon(Supplier<KeptState> state) {
    CompletableFuture<Void> written = take(state);
    if (soon.compareAndSet(false, true)) {
      var _ = writer.schedule(this::writeNewestNow, SOON.toMillis(), TimeUnit.MILLISECONDS);
    }
    return written;
  }

  private void writeNewestNow() {
    soon.set(false);
    writeNewest();
  }

  private CompletableFuture<Void> take(Supplier<KeptState> state) {
    var next = new Pending(state, new CompletableFuture<>());
    Pending displaced = pending.getAndSet(next);
    if (displaced != null) {
      var _ =
          next.written()
              .whenComplete(
                  (_, failed) -> {
                    if (failed == null) {
                      displaced.written().complete(null);
                    } else {
                      displaced.written().completeExceptionally(failed);
                    }
                  });
    }
    return next.written();
  }

  /** Why the newest state is not on disk; empty while it is, or is on its way. */
  public String failure() {
    return failure;
  }

  private void writeNewest() {
    Pending next = pending.getAndSet(null);
    if (next == null) {
      return;
    }
    try {
      file.write(StateCodec.encode(next.state().get()));
      if (!failure.isEmpty()) {
        LOG.info("the state is kept in {} again", file.directory());
      }
      failure = "";
      next.written().complete(null);
    } catch (IOException e) {
      if (failure.isEmpty()) {
        LOG.error(
            "serving on, but the state cannot be kept in {}: {}", file.directory(), e.toString());
      }
      failure = "the state cannot be kept in " + file.directory() + ": " + e;
      next.written().completeExceptionally(e);
      tryAgainLater(next.state());
    }
  }

  /** Unless something newer has come, which is written anyway. */
  private void tryAgainLater(Supplier<KeptState> state) {
    if (pending.compareAndSet(null, new Pending(state, new CompletableFuture<>()))
        && !writer.isShutdown()) {
      var _ = writer.schedule(this::writeNewest, RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Writes what is pending, then ends. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (writer.awaitTermination(LAST_WRITE_AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
        writeNewest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
