package io.fairlead.dns.query;

/** How a message came, as far as the answer depends on it. */
public enum Transport {
  /** One datagram; a reply that does not fit is truncated. */
  UDP,
  /** One framed message of a stream (RFC 7766). */
  TCP
}
