package io.fairlead.server.answering;

import io.fairlead.config.CookieSecretFile;
import io.fairlead.dns.cookie.CookieSecret;
import io.fairlead.dns.cookie.CookieSecrets;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.server.concurrent.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that cookies are made with: those of a file that servers share, looked at twice a
 * second; or, without one, a secret of this process, a new one each day. One that follows another
 * leaves the cookies of that one good.
 */
final class Cookies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead.cookies");

  private static final Duration LOOK = Duration.ofMillis(500);

  /** RFC 7873 section 7.1 asks for 36 days at most; a cookie lives for an hour. */
  private static final Duration ROLL = Duration.ofDays(1);

  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final ServerCookies known;
  private final Thread thread;
  private @Nullable Path file;
  private String trouble = "";
  private long rolledAt;

  Cookies(@Nullable Path file, InstantSource clock, LongSupplier nanoTime, RandomGenerator random) {
    this.random = random;
    this.nanoTime = nanoTime;
    this.file = file;
    this.rolledAt = nanoTime.getAsLong();
    this.known = new ServerCookies(clock, CookieSecrets.of(CookieSecret.random(random)));
    look();
    this.thread = Thread.ofPlatform().name("fairlead-cookies").daemon().start(this::run);
  }

  ServerCookies known() {
    return known;
  }

  synchronized void follow(@Nullable Path next) {
    file = next;
    look();
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The file is small and says little: reading it costs less than telling whether it changed. */
  private synchronized void look() {
    if (file == null) {
      roll();
      return;
    }
    try {
      CookieSecrets read = CookieSecretFile.read(file);
      if (!read.equals(known.secrets())) {
        known.use(read);
        LOG.info("the cookie secrets of {} are in use", file);
      }
      trouble = "";
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(trouble)) {
        LOG.warn("{}; the cookie secrets from before stay in use", reason);
        trouble = reason;
      }
    }
  }

  private void roll() {
    long now = nanoTime.getAsLong();
    if (now - rolledAt >= ROLL.toNanos()) {
      rolledAt = now;
      known.use(known.secrets().followedBy(CookieSecret.random(random)));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    Threads.join(thread);
  }
}
