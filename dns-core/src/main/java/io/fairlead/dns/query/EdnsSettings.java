package io.fairlead.dns.query;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What we say by EDNS.
 *
 * @param payload the largest UDP reply that we send, and the largest query that we say we take,
 *     whatever the asker can take; octets
 * @param nsid what this server calls itself to who asks (RFC 5001, RFC 4892); empty = it does not
 * @param tcpIdleTimeout how long an idle TCP connection lives, told to who asks (RFC 7828)
 */
public record EdnsSettings(int payload, String nsid, Duration tcpIdleTimeout) {
  /** What every asker takes without EDNS (RFC 1035 section 4.2.1). */
  public static final int MIN_PAYLOAD = 512;

  public static final int MAX_PAYLOAD = 4096;

  /** What fits every path that IPv6 allows, unfragmented (RFC 9715; DNS flag day 2020). */
  public static final int DEFAULT_PAYLOAD = 1232;

  /** Octets of UTF-8: a reply of 512 octets keeps room for an answer beside it. */
  public static final int MAX_NSID = 128;

  public static final EdnsSettings DEFAULT = new EdnsSettings(DEFAULT_PAYLOAD);

  public EdnsSettings {
    if (payload < MIN_PAYLOAD || payload > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a payload of " + payload + " octets is outside " + MIN_PAYLOAD + " to " + MAX_PAYLOAD);
    }
    int octets = nsid.getBytes(StandardCharsets.UTF_8).length;
    if (octets > MAX_NSID) {
      throw new IllegalArgumentException(
          "an nsid of " + octets + " octets, at most " + MAX_NSID + " are allowed");
    }
  }

  /** Anonymous, with TCP's default timeout. */
  public EdnsSettings(int payload) {
    this(payload, "", Duration.ofSeconds(10));
  }
}
