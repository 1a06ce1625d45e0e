package io.fairlead.server.reload;

import io.fairlead.server.concurrent.Threads;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that what it watches has changed, by looking twice a second: that also sees the symbolic
 * links that Kubernetes swaps, and folders on a network, where notifications do not come.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Watchable file;
  private final Runnable changed;
  private final Thread thread;

  /**
   * @param changed reads the file; is called on the watch's thread once the file is another than
   *     the one that was last read, and the same for two looks: a file that is still being written
   *     is left alone
   */
  public FileWatch(Watchable file, Runnable changed) {
    this.file = file;
    this.changed = changed;
    this.thread = Thread.ofPlatform().name("fairlead-watch").daemon().start(this::run);
  }

  private void run() {
    Object last = file.stamp();
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        Object now = file.stamp();
        if (now.equals(last) && !now.equals(file.lastRead())) {
          tell();
        }
        last = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A failure of ours costs this one change, not the watch: the next one is taken again. */
  private void tell() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      LOG.error("a changed {} could not be taken; what was served goes on", file.name(), e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    Threads.join(thread);
  }
}
