package io.fairlead.dns.answer;

/**
 * Options of a reply that are about the server or the connection, and not about the answer. Mutable
 * and reused; set before sections are written, because they take room.
 */
public final class OptExtras {
  private static final byte[] NOTHING = {};
  private static final int NO_KEEPALIVE = -1;

  private byte[] nsid = NOTHING;
  private byte[] cookie = NOTHING;
  private int keepalive = NO_KEEPALIVE;

  public void clear() {
    nsid = NOTHING;
    cookie = NOTHING;
    keepalive = NO_KEEPALIVE;
  }

  /** The data of the NSID option (RFC 5001 section 2.3); empty = none is sent. */
  public void nsid(byte[] octets) {
    nsid = octets;
  }

  /** The data of the cookie option (RFC 7873 section 4); empty = none is sent. */
  public void cookie(byte[] octets) {
    cookie = octets;
  }

  /** How long an idle connection lives, in tenths of a second (RFC 7828 section 3.1). */
  public void keepalive(int deciseconds) {
    keepalive = deciseconds;
  }

  byte[] nsid() {
    return nsid;
  }

  byte[] cookie() {
    return cookie;
  }

  int keepalive() {
    return keepalive;
  }

  boolean hasKeepalive() {
    return keepalive != NO_KEEPALIVE;
  }

  int length() {
    return option(nsid.length)
        + option(cookie.length)
        + (hasKeepalive() ? OptWriter.OPTION_HEAD + OptWriter.KEEPALIVE_LENGTH : 0);
  }

  private static int option(int dataLength) {
    return dataLength == 0 ? 0 : OptWriter.OPTION_HEAD + dataLength;
  }
}
