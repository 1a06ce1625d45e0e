package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.List;

/**
 * A zone as it is told: what its SOA and apex NS say, and its static records.
 *
 * @param contact the SOA's RNAME
 * @param nameServers the apex NS in order; the first is the SOA's MNAME
 * @param serial the SOA's serial: seconds of the configuration version's time
 * @param negativeTtlSeconds the SOA's MINIMUM and its own TTL: how long a no is remembered (RFC
 *     2308 section 5)
 * @param records all but the apex SOA, NS and the glue, which the compiler makes
 */
public record ZoneSpec(
    Name apex,
    Name contact,
    List<NameServer> nameServers,
    long serial,
    int negativeTtlSeconds,
    List<StaticRecord> records) {
  public ZoneSpec {
    nameServers = List.copyOf(nameServers);
    records = List.copyOf(records);
  }
}
