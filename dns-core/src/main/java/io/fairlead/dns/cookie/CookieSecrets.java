package io.fairlead.dns.cookie;

/**
 * Two secrets, so that one can follow the other on several servers at different moments (RFC 7873
 * section 7.1, RFC 9018 section 5).
 *
 * @param active makes cookies, and knows them again
 * @param other knows them again: the one before, or the next one; the active one where there is no
 *     other
 */
public record CookieSecrets(CookieSecret active, CookieSecret other) {
  public static CookieSecrets of(CookieSecret only) {
    return new CookieSecrets(only, only);
  }

  /** The next secrets: a new one makes cookies, and the active one is still known. */
  public CookieSecrets followedBy(CookieSecret next) {
    return new CookieSecrets(next, active);
  }
}
