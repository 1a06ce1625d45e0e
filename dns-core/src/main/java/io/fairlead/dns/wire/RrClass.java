package io.fairlead.dns.wire;

/** Classes (RFC 1035 section 3.2.4). We serve one; the others are refused. */
public final class RrClass {
  public static final int IN = 1;

  private RrClass() {}
}
