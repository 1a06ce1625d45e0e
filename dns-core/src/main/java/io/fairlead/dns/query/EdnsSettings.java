package io.fairlead.dns.query;

/**
 * What we say by EDNS.
 *
 * @param payload the largest UDP reply that we send, and the largest query that we say we take,
 *     whatever the asker can take; octets
 */
public record EdnsSettings(int payload) {
  /** What fits every path that IPv6 allows, unfragmented (RFC 9715; DNS flag day 2020). */
  public static final EdnsSettings DEFAULT = new EdnsSettings(1232);

  /** What every asker takes without EDNS (RFC 1035 section 4.2.1). */
  static final int MIN_PAYLOAD = 512;

  static final int MAX_PAYLOAD = 4096;

  public EdnsSettings {
    if (payload < MIN_PAYLOAD || payload > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a payload of " + payload + " octets is outside " + MIN_PAYLOAD + " to " + MAX_PAYLOAD);
    }
  }
}
