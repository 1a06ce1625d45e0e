package io.fairlead.dns.query;

/** How a message came, as far as the answer depends on it. */
public enum Transport {
  /** One datagram; a reply that does not fit is truncated. */
  UDP("udp"),
  /** One framed message of a stream (RFC 7766). */
  TCP("tcp");

  private final String id;

  Transport(String id) {
    this.id = id;
  }

  /** The label in metrics. */
  public String id() {
    return id;
  }
}
