package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.util.List;

/** Where the SOA and the NS of a zone's apex come from: one place says both. */
public sealed interface Authority {
  /**
   * They are made of settings.
   *
   * @param contact the SOA's RNAME
   * @param nameServers the apex NS in order; the first is the SOA's MNAME
   * @param negativeTtlSeconds the SOA's MINIMUM and its own TTL: how long a no is remembered (RFC
   *     2308 section 5)
   */
  record Made(Name contact, List<NameServer> nameServers, int negativeTtlSeconds)
      implements Authority {
    public Made {
      nameServers = List.copyOf(nameServers);
    }
  }

  /**
   * They are records of the zone, as a whole master file has them.
   *
   * @param soa the SOA, which is not among the zone's records, while the NS are; its serial gives
   *     way to that of the {@link ZoneSpec}
   */
  record Told(StaticRecord soa) implements Authority {}
}
