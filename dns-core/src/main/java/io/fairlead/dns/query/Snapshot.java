package io.fairlead.dns.query;

import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.zone.ServiceTable;
import io.fairlead.dns.zone.ZoneTable;

/**
 * All that a query reads, published together, so that no query mixes two worlds.
 *
 * @param generation counts publishes; an older one never follows a newer one
 * @param ready false until the first verdicts are there: every query then gets SERVFAIL with
 *     extended error 14
 * @param zones the names, and what stands at each
 * @param services the steered RRsets, by the numbers that {@code zones} holds
 * @param liveness verdicts by endpoint
 */
public record Snapshot(
    long generation, boolean ready, ZoneTable zones, ServiceTable services, Liveness liveness) {
  /**
   * Before the first configuration: no zone, so everything is refused; not ready, so nothing is
   * said.
   */
  public static final Snapshot EMPTY =
      new Snapshot(0, false, ZoneTable.EMPTY, ServiceTable.EMPTY, Liveness.NONE);
}
