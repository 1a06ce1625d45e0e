package io.fairlead.dns.wire;

/** Info codes that we send (RFC 8914 section 4), always without text: the code says it all. */
public final class ExtendedError {
  /** Nothing to add to the response code. */
  public static final int NONE = -1;

  public static final int NOT_READY = 14;
  public static final int NOT_AUTHORITATIVE = 20;
  public static final int NO_REACHABLE_AUTHORITY = 22;

  /** NXNAME is a bit of a proof and no type to ask for (RFC 9824 section 3.5). */
  public static final int INVALID_QUERY_TYPE = 30;

  private ExtendedError() {}
}
