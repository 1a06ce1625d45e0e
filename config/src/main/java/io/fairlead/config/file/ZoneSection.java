package io.fairlead.config.file;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.Spot;
import io.fairlead.config.file.zone.MasterEntry;
import io.fairlead.config.file.zone.MasterFile;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneSpec;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One of {@code zones}. */
final class ZoneSection {
  private static final Key<Name> SERVER_NAME = Key.required("name", Texts.DOMAIN_NAME, "its name");
  private static final Key<List<InetAddress>> SERVER_ADDRESSES =
      Key.optional(
          "addresses",
          ListValue.any(Addresses.HOST),
          List.of(),
          "glue, where the name is inside the zone and has no A or AAAA of its own");

  private static final KeyTable SERVER_KEYS =
      KeyTable.of("a name server", SERVER_NAME, SERVER_ADDRESSES);

  static final Key<Name> NAME = Key.required("name", Texts.DOMAIN_NAME, "the zone's apex");
  private static final Key<Name> CONTACT =
      Key.required("contact", Texts.MAILBOX, "who is asked about the zone (SOA RNAME)");
  private static final Key<List<Section>> NAME_SERVERS =
      Key.required(
          "nameServers",
          ConfigSection.sections(SERVER_KEYS, 1),
          "the apex NS; the first is the SOA MNAME");
  private static final Key<Duration> NEGATIVE_TTL =
      Key.optional("negativeTtl", Durations.TTL, Duration.ofSeconds(30), "how long a no is cached");
  private static final Key<String> RECORDS =
      Key.otherwise(
          "records",
          Texts.ANY,
          "no static records",
          "master-file text (RFC 1035 section 5) relative to the zone; a record without a TTL has"
              + " that of $TTL or of the record before, the first 300 s");

  static final KeyTable KEYS =
      KeyTable.of("a zone", NAME, CONTACT, NAME_SERVERS, NEGATIVE_TTL, RECORDS)
          .later("file", "a master file beside this one")
          .later("dnssec", "signing")
          .later("transfers", "who may transfer the zone, and who is notified");

  private ZoneSection() {}

  /**
   * Reads a zone.
   *
   * @param recordSpots is told where each static record stands
   */
  static ZoneSpec read(
      Section zone, LoadContext context, BiConsumer<StaticRecord, Spot> recordSpots) {
    Name apex = zone.get(NAME);
    if (apex.isWildcard()) {
      zone.error(NAME, "a zone cannot be a wildcard; allowed: a domain name");
    }
    return new ZoneSpec(
        apex,
        zone.get(CONTACT),
        zone.get(NAME_SERVERS).stream().map(server -> nameServer(server, zone, apex)).toList(),
        context.serial(),
        (int) zone.get(NEGATIVE_TTL).toSeconds(),
        records(zone, apex, context, recordSpots));
  }

  private static NameServer nameServer(Section server, Section zone, Name apex) {
    Name name = server.get(SERVER_NAME);
    List<InetAddress> addresses = server.get(SERVER_ADDRESSES);
    boolean sound = zone.isSound(NAME) && server.isSound(SERVER_NAME, SERVER_ADDRESSES);
    if (sound && !addresses.isEmpty() && !name.isAtOrBelow(apex)) {
      server.warning(
          SERVER_ADDRESSES, name + " is outside the zone, so its addresses are not served");
    }
    return new NameServer(name, addresses);
  }

  private static List<StaticRecord> records(
      Section zone, Name apex, LoadContext context, BiConsumer<StaticRecord, Spot> recordSpots) {
    String text = zone.find(RECORDS);
    if (text == null || !zone.isSound(NAME, RECORDS)) {
      return List.of();
    }
    var records = new ArrayList<StaticRecord>();
    for (MasterEntry entry : MasterFile.read(text, apex)) {
      Spot spot = spotOf(entry, zone, context.source());
      switch (entry) {
        case MasterEntry.Good(var record, _) -> {
          records.add(record);
          recordSpots.accept(record, spot);
        }
        case MasterEntry.Bad(var reason, _) -> context.problems().error(spot, reason);
      }
    }
    return records;
  }

  /** A literal block begins in the line after its {@code |}, and keeps its lines. */
  private static Spot spotOf(MasterEntry entry, Section zone, SourceText source) {
    Spot block = zone.spot(RECORDS);
    Node node = zone.node(RECORDS);
    if (!source.isLiteralBlock(node)) {
      return block;
    }
    int line = node.line() + 1 + entry.line();
    String sourceLine = source.line(line);
    int indent = sourceLine.length() - sourceLine.stripLeading().length();
    return new Spot(line, indent + 1, block.path());
  }
}
