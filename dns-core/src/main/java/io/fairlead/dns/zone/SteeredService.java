package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.List;

/**
 * A service, compiled: its RRsets by type. A type that is not among them is NODATA (RFC 2308
 * section 2.2).
 */
public record SteeredService(Name name, List<SteeredRrSet> rrsets) {
  public SteeredService {
    rrsets = List.copyOf(rrsets);
  }
}
