package io.fairlead.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, closed in reverse; one that fails to close does not keep the others open.
 */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private record Open(String name, AutoCloseable part) {}

  private final Deque<Open> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(String name, T part) {
    open.push(new Open(name, part));
    return part;
  }

  @Override
  @SuppressWarnings(
      "CatchingUnchecked") // each part has its own way to fail, none may stop the rest
  public void close() {
    while (!open.isEmpty()) {
      Open next = open.pop();
      try {
        next.part().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly: {}", next.name(), e.toString());
      }
    }
  }
}
