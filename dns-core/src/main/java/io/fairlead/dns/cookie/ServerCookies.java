package io.fairlead.dns.cookie;

import java.time.InstantSource;

/** What all query threads need to make cookies and to know them again: the secrets and the time. */
public final class ServerCookies {
  private final InstantSource clock;
  private volatile CookieSecrets secrets;

  /**
   * @param clock wall time, which servers of one anycast address share
   */
  public ServerCookies(InstantSource clock, CookieSecrets secrets) {
    this.clock = clock;
    this.secrets = secrets;
  }

  /** From the next query on. */
  public void use(CookieSecrets next) {
    secrets = next;
  }

  public CookieSecrets secrets() {
    return secrets;
  }

  /** Seconds of 1970, 32 bits of them, compared by serial arithmetic (RFC 9018 section 4.3). */
  int seconds() {
    return (int) (clock.millis() / 1000);
  }
}
