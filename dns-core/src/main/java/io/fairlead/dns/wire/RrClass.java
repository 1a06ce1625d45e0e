package io.fairlead.dns.wire;

/** Classes (RFC 1035 section 3.2.4). Zones are of one; CH tells who answers; others are refused. */
public final class RrClass {
  public static final int IN = 1;
  public static final int CH = 3;

  /** Of metadata such as TSIG (RFC 8945 section 4.2). */
  public static final int ANY = 255;

  private RrClass() {}
}
