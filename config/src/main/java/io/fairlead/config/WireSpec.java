package io.fairlead.config;

import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.dns.query.EdnsSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How queries are answered, whatever zones and services say.
 *
 * @param cookies whether cookies are given and known (RFC 7873)
 * @param cookieSecretFile the secrets that several servers share; null = this one has its own
 * @param taps who is told of each query
 */
public record WireSpec(
    EdnsSettings edns,
    boolean cookies,
    @Nullable Path cookieSecretFile,
    RateLimitSpec rateLimit,
    TapSpec taps) {
  public static final WireSpec DEFAULT =
      new WireSpec(EdnsSettings.DEFAULT, true, null, RateLimitSpec.DEFAULT, TapSpec.OFF);
}
