package io.fairlead.dns.zone;

import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Turn;
import java.util.List;

/**
 * An RRset whose records are chosen for each query.
 *
 * @param type the QTYPE that it answers
 * @param ttlSeconds the service's TTL; the chooser may lower it
 * @param records all that may be taken, by index
 * @param turn shared by every version of this RRset, see {@link Turn}
 */
public record SteeredRrSet(
    int type, int ttlSeconds, List<SteeredRecord> records, Chooser chooser, Turn turn) {
  public SteeredRrSet {
    records = List.copyOf(records);
  }
}
