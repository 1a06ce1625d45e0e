package io.fairlead.server.webhook;

import io.fairlead.config.ReportingSpec;
import io.fairlead.server.concurrent.Threads;
import io.fairlead.server.event.Event;
import io.fairlead.server.event.EventLog;
import io.fairlead.server.event.Numbered;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One receiver of events, in their order. While it cannot be reached, the log of events is its
 * queue; what that forgets meanwhile is counted as missed.
 */
final class Webhook {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final ReportingSpec.Webhook spec;
  private final EventLog events;
  private final Delivery delivery;
  private final RandomGenerator random;
  private final Event.Weight least;
  private final Semaphore news = new Semaphore(0);
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();
  private final Runnable unfollow;
  private final Thread thread;
  private volatile boolean closed;
  private long position;
  private boolean failing;

  Webhook(ReportingSpec.Webhook spec, EventLog events, Delivery delivery, RandomGenerator random) {
    this.spec = spec;
    this.events = events;
    this.delivery = delivery;
    this.random = random;
    this.least = Event.Weight.valueOf(spec.weight().toUpperCase(Locale.ROOT));
    this.position = events.last();
    this.unfollow = events.follow(news::release);
    this.thread =
        Thread.ofPlatform().name("fairlead-webhook-" + spec.name()).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Webhooks.Tally tally() {
    return new Webhooks.Tally(spec.name(), delivered.get(), refused.get(), missed.get());
  }

  private void run() {
    try {
      while (!closed) {
        news.drainPermits();
        if (!next()) {
          news.acquire();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Whether there was one. */
  private boolean next() throws InterruptedException {
    long forgotten = events.forgotten();
    if (forgotten > position) {
      missed.addAndGet(forgotten - position);
      LOG.warn("webhook {}: {} events are missed", spec.name(), forgotten - position);
      position = forgotten;
    }
    List<Numbered> found = events.after(position, 1);
    if (found.isEmpty()) {
      return false;
    }
    Numbered event = found.getFirst();
    if (isWanted(event.event())) {
      deliver(event);
    }
    // Never back: what was forgotten while this one was tried is counted at the next look.
    position = event.number();
    return true;
  }

  private boolean isWanted(Event event) {
    return event.weight().compareTo(least) >= 0 && spec.kinds().contains(event.kind().word());
  }

  /** Tries until it is taken, refused for good, or forgotten by the log of events. */
  private void deliver(Numbered event) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!closed && event.number() > events.forgotten()) {
      String trouble;
      try {
        int status = delivery.send(event);
        if (status / 100 == 2) {
          delivered.incrementAndGet();
          well();
          return;
        }
        if (isFinal(status)) {
          refused.incrementAndGet();
          failed("status " + status + ", not sent again");
          return;
        }
        trouble = "status " + status;
      } catch (IOException e) {
        trouble = e.toString();
      }
      failed(trouble);
      pause(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
    missed.incrementAndGet();
  }

  /** 408 and 429 ask for another try; other statuses of 3xx and 4xx stay what they are. */
  private static boolean isFinal(int status) {
    return status / 100 == 3 || (status / 100 == 4 && status != 408 && status != 429);
  }

  /** Receivers of many nodes are not all tried at once: the pause is up to a quarter longer. */
  private void pause(Duration pause) throws InterruptedException {
    long millis = pause.toMillis();
    TimeUnit.MILLISECONDS.sleep(millis + random.nextLong(millis / 4));
  }

  private void failed(String trouble) {
    if (!failing) {
      LOG.warn("webhook {} does not take events: {}", spec.name(), trouble);
    }
    failing = true;
  }

  private void well() {
    if (failing) {
      LOG.info("webhook {} takes events again", spec.name());
    }
    failing = false;
  }

  void close() {
    closed = true;
    unfollow.run();
    thread.interrupt();
    delivery.close();
    Threads.join(thread);
  }
}
