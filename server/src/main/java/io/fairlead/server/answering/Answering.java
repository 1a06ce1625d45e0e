package io.fairlead.server.answering;

import io.fairlead.config.WireSpec;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.dns.limit.RateLimiter;
import io.fairlead.dns.query.AnswerRules;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.server.Environment;
import org.jspecify.annotations.Nullable;

/** Keeps the handler's rules as the configuration has them. */
public final class Answering implements AutoCloseable {
  private final Environment environment;
  private final Cookies cookies;
  private final QueryHandler handler;
  private WireSpec told;
  private @Nullable RateLimiter limiter;

  public Answering(SnapshotCell cell, WireSpec spec, Environment environment) {
    this.environment = environment;
    this.cookies = new Cookies(spec.cookieSecretFile(), environment);
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
    return spec.enabled()
        ? new RateLimiter(spec, environment.ticker(), environment.random().nextLong())
        : null;
  }

  @Override
  public void close() {
    cookies.close();
  }
}
