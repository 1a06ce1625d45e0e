package io.fairlead.dns.testing;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Zones out of master-file text. */
public final class Zones {
  public static final long SERIAL = 1_800_000_000L;
  public static final int NEGATIVE_TTL = 30;

  private Zones() {}

  /** A zone with the one name server ns1 inside, at 192.0.2.53. */
  public static ZoneSpec zone(String apex, String records) {
    NameServer ns1 = nameServer(apex.equals(".") ? "ns1" : "ns1." + apex, "192.0.2.53");
    return zone(apex, List.of(ns1), records);
  }

  public static ZoneSpec zone(String apex, List<NameServer> nameServers, String records) {
    Name name = Name.parse(apex);
    Name contact = Name.parse(name.isRoot() ? "hostmaster" : "hostmaster." + apex);
    return new ZoneSpec(name, contact, nameServers, SERIAL, NEGATIVE_TTL, records(apex, records));
  }

  public static NameServer nameServer(String name, String... addresses) {
    List<InetAddress> parsed = new ArrayList<>();
    for (String address : addresses) {
      parsed.add(InetAddress.ofLiteral(address));
    }
    return new NameServer(Name.parse(name), parsed);
  }

  public static List<StaticRecord> records(String origin, String text) {
    try (var master =
        new Master(
            new ByteArrayInputStream(
                text.stripIndent().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            org.xbill.DNS.Name.fromString(origin, org.xbill.DNS.Name.root),
            300)) {
      List<StaticRecord> records = new ArrayList<>();
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        records.add(
            new StaticRecord(
                Name.ofWire(record.getName().toWire()),
                record.getType(),
                record.getTTL(),
                rdata(record)));
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RDATA as it stands: {@code rdataToWireCanonical} would put its names in lower case. */
  private static byte[] rdata(Record record) {
    byte[] whole = record.toWire(Section.ANSWER);
    int from = record.getName().length() + 10;
    return java.util.Arrays.copyOfRange(whole, from, whole.length);
  }
}
