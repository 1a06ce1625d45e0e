package io.fairlead.dns.query;

import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.limit.RateLimiter;
import org.jspecify.annotations.Nullable;

/**
 * How queries are answered, whatever zones say: a reload replaces it whole.
 *
 * @param cookies null = cookies are options that we do not know
 * @param limiter null = nobody is limited
 */
public record AnswerRules(
    EdnsSettings edns, @Nullable ServerCookies cookies, @Nullable RateLimiter limiter) {}
