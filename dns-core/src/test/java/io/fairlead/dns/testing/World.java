package io.fairlead.dns.testing;

import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.ServiceTable;
import io.fairlead.dns.zone.SteeredBinding;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.dns.zone.ZoneCompiler;
import io.fairlead.dns.zone.ZoneSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Zones and services put together into a snapshot. */
public final class World {
  private final List<ZoneSpec> zones = new ArrayList<>();
  private final Map<Name, Integer> names = new HashMap<>();
  private final Map<Integer, SteeredService> services = new HashMap<>();
  private boolean ready = true;

  public World zone(ZoneSpec zone) {
    zones.add(zone);
    return this;
  }

  public World zone(String apex, String records) {
    return zone(Zones.zone(apex, records));
  }

  /** A service and further names of it. */
  public World service(String name, List<SteeredRrSet> rrsets, String... aliases) {
    int number = services.size();
    services.put(number, new SteeredService(Name.parse(name), rrsets));
    names.put(Name.parse(name), number);
    for (String alias : aliases) {
      names.put(Name.parse(alias), number);
    }
    return this;
  }

  /** A service that also has bindings. */
  public World bound(String name, List<SteeredRrSet> rrsets, SteeredBinding... bindings) {
    int number = services.size();
    services.put(number, new SteeredService(Name.parse(name), rrsets, List.of(bindings)));
    names.put(Name.parse(name), number);
    return this;
  }

  public World notReady() {
    ready = false;
    return this;
  }

  public Snapshot snapshot() {
    return new Snapshot(
        1,
        ready,
        ZoneCompiler.compile(zones, names),
        ServiceTable.EMPTY.with(services),
        Liveness.NONE);
  }

  public Asker asker() {
    return Asker.of(snapshot());
  }

  /** An RRset of addresses whose endpoints are 0, 1, 2 … */
  public static SteeredRrSet addresses(int ttl, Chooser chooser, String... addresses) {
    List<SteeredRecord> records = new ArrayList<>();
    for (String address : addresses) {
      byte[] octets = InetAddress.ofLiteral(address).getAddress();
      records.add(new SteeredRecord(type(octets), octets, records.size()));
    }
    return rrset(records.getFirst().type(), ttl, chooser, records);
  }

  public static SteeredRrSet rrset(
      int type, int ttl, Chooser chooser, List<SteeredRecord> records) {
    return new SteeredRrSet(type, ttl, records, chooser, new Turn());
  }

  public static SteeredRecord cname(String target) {
    return new SteeredRecord(RrType.CNAME, Name.parse(target).wire(), SteeredRecord.NO_ENDPOINT);
  }

  private static int type(byte[] address) {
    return address.length == 4 ? RrType.A : RrType.AAAA;
  }
}
