package io.fairlead.server.state;

import io.fairlead.server.control.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest state on disk, on a thread of its own: neither queries nor control wait for a
 * disk. States that come while one is being written replace each other; the newest is written next.
 */
public final class StateKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

  private record Pending(KeptState state, CompletableFuture<Void> written) {}

  private final StateFile file;
  private final Thread writer =
      Thread.ofPlatform().name("fairlead-state").daemon().unstarted(this::run);
  private final Object lock = new Object();
  private @Nullable Pending pending;
  private boolean closed;

  /** Whether a state has come since the last failure. */
  private boolean newer;

  private volatile String failure = "";

  public StateKeeper(StateFile file) {
    this.file = file;
    writer.start();
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
    synchronized (lock) {
      var written = pending != null ? pending.written() : new CompletableFuture<Void>();
      pending = new Pending(state, written);
      newer = true;
      lock.notifyAll();
      return written;
    }
  }

  /** Why the newest state is not on disk; empty while it is, or is on its way. */
  public String failure() {
    return failure;
  }

  private void run() {
    try {
      for (Pending next = take(); next != null; next = take()) {
        write(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next state to write; null when there is none and there will be none. */
  private @Nullable Pending take() throws InterruptedException {
    synchronized (lock) {
      while (pending == null && !closed) {
        lock.wait();
      }
      Pending next = pending;
      pending = null;
      return next;
    }
  }

  private void write(Pending next) throws InterruptedException {
    try {
      file.write(StateCodec.encode(next.state()));
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

  /**
   * A full disk may have room again: unless something newer comes, the same state is written after
   * a pause.
   */
  private void tryAgainLater(KeptState state) throws InterruptedException {
    synchronized (lock) {
      if (closed) {
        return;
      }
      newer = pending != null;
      if (pending == null) {
        pending = new Pending(state, new CompletableFuture<>());
      }
      long end = System.nanoTime() + RETRY_PAUSE.toNanos();
      for (long left = RETRY_PAUSE.toMillis();
          left > 0 && !closed && !newer;
          left = millisUntil(end)) {
        lock.wait(left);
      }
    }
  }

  private static long millisUntil(long nanoTime) {
    return (nanoTime - System.nanoTime()) / 1_000_000;
  }

  /** Writes what is pending, then ends. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    Threads.join(writer);
  }
}
