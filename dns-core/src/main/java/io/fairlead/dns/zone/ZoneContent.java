package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.List;

/**
 * All records of a zone, as a secondary has them.
 *
 * @param made what settings made: apex NS and their addresses, and what else is not in a file
 * @param records as the zone was told them
 */
public record ZoneContent(
    Name apex, long serial, StaticRecord soa, List<StaticRecord> made, List<StaticRecord> records) {
  public ZoneContent {
    made = List.copyOf(made);
  }
}
