package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.List;

/**
 * A zone as it is told: its SOA and apex NS, or what they are made of, and its static records.
 *
 * @param serial the SOA's serial, 32 bits
 * @param records all but the SOA, and but the apex NS and their glue where the compiler makes them
 */
public record ZoneSpec(Name apex, Authority authority, long serial, List<StaticRecord> records) {
  public ZoneSpec {
    records = List.copyOf(records);
  }

  /** A zone whose SOA and apex NS are made, see {@link Authority.Made}. */
  public ZoneSpec(
      Name apex,
      Name contact,
      List<NameServer> nameServers,
      long serial,
      int negativeTtlSeconds,
      List<StaticRecord> records) {
    this(apex, new Authority.Made(contact, nameServers, negativeTtlSeconds), serial, records);
  }

  /** How long a no is remembered (RFC 2308 section 5). */
  public long negativeTtlSeconds() {
    return switch (authority) {
      case Authority.Made made -> made.negativeTtlSeconds();
      case Authority.Told(var soa) -> Rdata.negativeTtlSeconds(soa);
    };
  }

  public ZoneSpec withSerial(long next) {
    return next == serial ? this : new ZoneSpec(apex, authority, next, records);
  }
}
