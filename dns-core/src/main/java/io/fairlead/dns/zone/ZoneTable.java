package io.fairlead.dns.zone;

/** All names that we know, of all zones, compiled for look-up. Immutable. */
public final class ZoneTable {
  public static final ZoneTable EMPTY = new ZoneTable();

  private ZoneTable() {}
}
