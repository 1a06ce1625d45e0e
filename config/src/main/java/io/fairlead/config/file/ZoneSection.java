package io.fairlead.config.file;

import io.fairlead.config.TransferSpec;
import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.tree.Node;
import io.fairlead.config.file.tree.SourceText;
import io.fairlead.config.file.tree.Spot;
import io.fairlead.config.file.zone.MasterEntry;
import io.fairlead.config.file.zone.MasterFile;
import io.fairlead.config.file.zone.MasterFiles;
import io.fairlead.config.file.zone.MasterPlace;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.Authority;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.StaticRecord;
import io.fairlead.dns.zone.ZoneSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
      Key.otherwise(
          "contact",
          Texts.MAILBOX,
          "that of the SOA among the records",
          "who is asked about the zone (SOA RNAME)");
  private static final Key<List<Section>> NAME_SERVERS =
      Key.otherwise(
          "nameServers",
          ConfigSection.sections(SERVER_KEYS, 1),
          "the NS among the records",
          "the apex NS; the first is the SOA MNAME");
  private static final Key<Duration> NEGATIVE_TTL =
      Key.optional("negativeTtl", Durations.TTL, Duration.ofSeconds(30), "how long a no is cached");
  private static final Key<Path> FILE =
      Key.otherwise(
          "file",
          Texts.PATH,
          "no file",
          "a master file (RFC 1035 section 5); relative to this file's folder");
  private static final Key<String> RECORDS =
      Key.otherwise(
          "records",
          Texts.ANY,
          "no static records",
          "master-file text (RFC 1035 section 5) relative to the zone; a record without a TTL has"
              + " that of $TTL or of the record before, the first 300 s");

  private static final Key<Section> TRANSFERS =
      Key.otherwise(
          "transfers",
          new SectionValue(TransferSection.TABLE),
          "nobody may have the zone whole",
          "who may transfer the zone, and who is told of a new serial");

  static final KeyTable KEYS =
      KeyTable.of("a zone", NAME, CONTACT, NAME_SERVERS, NEGATIVE_TTL, FILE, RECORDS, TRANSFERS)
          .later("dnssec", "signing");

  private ZoneSection() {}

  /**
   * Reads a zone.
   *
   * @param told is told of the records and where each stands
   */
  static ZoneSpec read(Section zone, LoadContext context, Consumer<ZoneRecords> told) {
    Name apex = zone.get(NAME);
    if (apex.isWildcard()) {
      zone.error(NAME, "a zone cannot be a wildcard; allowed: a domain name");
    }
    MasterFiles files = context.masterFiles();
    ZoneRecords records = records(zone, apex, context, files);
    told.accept(records);
    StaticRecord soa = records.soa();
    if (soa == null) {
      Authority made = made(zone, apex, records);
      return new ZoneSpec(apex, made, context.serial(files), records.records());
    }
    if (zone.has(NEGATIVE_TTL)) {
      zone.error(NEGATIVE_TTL, "the SOA among the records says it, as MINIMUM; leave the key out");
    }
    return new ZoneSpec(apex, new Authority.Told(soa), serial(soa), records.records());
  }

  /** Null where nobody may have the zone whole. */
  static @Nullable TransferSpec readTransfers(Section zone, LoadContext context) {
    Section transfers = zone.find(TRANSFERS);
    return transfers == null ? null : TransferSection.read(transfers, zone.get(NAME), context);
  }

  /** One place says SOA and NS: the records, where nothing is said here. */
  private static boolean takesSoa(Section zone) {
    return !zone.has(CONTACT) && !zone.has(NAME_SERVERS);
  }

  private static Authority made(Section zone, Name apex, ZoneRecords records) {
    if (!records.isFlawed()) {
      demand(zone, CONTACT);
      demand(zone, NAME_SERVERS);
    }
    return new Authority.Made(
        zone.get(CONTACT),
        zone.get(NAME_SERVERS).stream().map(server -> nameServer(server, zone, apex)).toList(),
        (int) zone.get(NEGATIVE_TTL).toSeconds());
  }

  private static void demand(Section zone, Key<?> key) {
    if (!zone.has(key)) {
      zone.error(
          NAME,
          "the key "
              + key.name()
              + " is missing: contact and nameServers make SOA and NS where the records have no"
              + " SOA; allowed: "
              + key.value().allowed());
    }
  }

  /** RFC 1035 section 3.3.13: the first of the five numbers behind two names. */
  private static long serial(StaticRecord soa) {
    int at = soa.rdata().length - 5 * Integer.BYTES;
    return at < 0 ? 0 : Integer.toUnsignedLong(ByteBuffer.wrap(soa.rdata()).getInt(at));
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

  private static ZoneRecords records(
      Section zone, Name apex, LoadContext context, MasterFiles files) {
    var records = new ZoneRecords(apex, place -> spotOf(place, zone, context.source()));
    boolean takesSoa = takesSoa(zone);
    Consumer<MasterEntry> sink =
        entry -> {
          switch (entry) {
            case MasterEntry.Good(var record, var place) -> records.add(record, place, takesSoa);
            case MasterEntry.Bad(var reason, var place) -> {
              records.flaw();
              context.problems().error(spotOf(place, zone, context.source()), reason);
            }
          }
        };
    Path file = zone.find(FILE);
    if (file != null && zone.isSound(NAME, FILE)) {
      try {
        MasterFile.read(context.resolve(file), apex, files, sink);
      } catch (IOException e) {
        records.flaw();
        zone.error(FILE, e.getMessage() + "; a path is relative to this file's folder");
      }
    }
    String text = zone.find(RECORDS);
    if (text != null && zone.isSound(NAME, RECORDS)) {
      MasterFile.read(text, apex, files, sink);
    }
    return records;
  }

  /** A literal block begins in the line after its {@code |}, and keeps its lines. */
  private static Spot spotOf(MasterPlace place, Section zone, SourceText source) {
    if (place.file() != null) {
      return Spot.in(place.file().toString(), place.line() + 1);
    }
    Spot block = zone.spot(RECORDS);
    Node node = zone.node(RECORDS);
    if (!source.isLiteralBlock(node)) {
      return block;
    }
    int line = node.line() + 1 + place.line();
    String sourceLine = source.line(line);
    int indent = sourceLine.length() - sourceLine.stripLeading().length();
    return new Spot(line, indent + 1, block.path());
  }
}
