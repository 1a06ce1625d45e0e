package io.fairlead.dns.wire;

import java.lang.foreign.MemorySegment;

/**
 * The cookie option of a query (RFC 7873 section 4). Mutable and reused.
 *
 * <pre>
 * | client cookie, 8 octets | server cookie, none or 8 to 32 octets |
 * </pre>
 */
public final class Cookie {
  public static final int OPTION = 10;

  /** Octets of a client cookie. */
  public static final int CLIENT_LENGTH = 8;

  /** Octets of a server cookie as RFC 9018 section 4 makes it. */
  public static final int SERVER_LENGTH = 16;

  private static final int LEAST_WITH_SERVER = CLIENT_LENGTH + 8;
  private static final int MOST_WITH_SERVER = CLIENT_LENGTH + 32;

  private boolean present;
  private int at;
  private int length;

  void clear() {
    present = false;
  }

  /**
   * Takes note of the option's data; of several options the first counts (RFC 7873 section 5.2).
   */
  void read(int dataAt, int dataLength) {
    if (!present) {
      present = true;
      at = dataAt;
      length = dataLength;
    }
  }

  public boolean isPresent() {
    return present;
  }

  /** Whether it has a length that a cookie can have; if not, FORMERR (RFC 7873 section 5.2.2). */
  public boolean isWellFormed() {
    return length == CLIENT_LENGTH || (length >= LEAST_WITH_SERVER && length <= MOST_WITH_SERVER);
  }

  /** Whether its length is that of a cookie of ours; whether it is one, the secret says. */
  public boolean hasServerCookie() {
    return length == CLIENT_LENGTH + SERVER_LENGTH;
  }

  /** Copies the client cookie. */
  public void copyClient(MemorySegment message, byte[] target, int targetAt) {
    Octets.copy(message, at, target, targetAt, CLIENT_LENGTH);
  }

  /** Copies the server cookie; only with {@link #hasServerCookie}. */
  public void copyServer(MemorySegment message, byte[] target, int targetAt) {
    Octets.copy(message, at + CLIENT_LENGTH, target, targetAt, SERVER_LENGTH);
  }
}
