package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import java.net.InetAddress;
import java.util.List;

/** A name server of a zone's apex, with its addresses: glue where the name is inside the zone. */
public record NameServer(Name name, List<InetAddress> addresses) {
  public NameServer {
    addresses = List.copyOf(addresses);
  }
}
