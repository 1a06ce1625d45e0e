package io.fairlead.server.answering;

import io.fairlead.config.WireSpec;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.dns.limit.RateLimiter;
import io.fairlead.dns.query.AnswerRules;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.SnapshotCell;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Keeps the handler's rules as the configuration has them. */
public final class Answering implements AutoCloseable {
  private final LongSupplier ticker;
  private final RandomGenerator random;
  private final Cookies cookies;
  private final QueryHandler handler;
  private WireSpec told;
  private @Nullable RateLimiter limiter;

  /**
   * Begins with a configuration.
   *
   * @param ticker nanoseconds that only go forward
   * @param random such that nobody can guess what it says next
   */
  public Answering(
      SnapshotCell cell,
      WireSpec spec,
      InstantSource clock,
      LongSupplier ticker,
      RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
    this.cookies = new Cookies(spec.cookieSecretFile(), clock, ticker, random);
    this.told = spec;
    this.limiter = limiter(spec.rateLimit());
    this.handler = new QueryHandler(cell, rules());
  }

  /** What answers queries; the same one for as long as this lives. */
  public QueryHandler handler() {
    return handler;
  }

  /** From the next query on. A limiter that is told nothing new goes on with what it knows. */
  public synchronized void follow(WireSpec spec) {
    if (!spec.rateLimit().equals(told.rateLimit())) {
      limiter = limiter(spec.rateLimit());
    }
    cookies.follow(spec.cookieSecretFile());
    told = spec;
    handler.use(rules());
  }

  /** What is followed now. */
  public synchronized WireSpec spec() {
    return told;
  }

  private AnswerRules rules() {
    ServerCookies known = told.cookies() ? cookies.known() : null;
    return new AnswerRules(told.edns(), known, limiter);
  }

  private @Nullable RateLimiter limiter(RateLimitSpec spec) {
    return spec.enabled() ? new RateLimiter(spec, ticker, random.nextLong()) : null;
  }

  @Override
  public void close() {
    cookies.close();
  }
}
