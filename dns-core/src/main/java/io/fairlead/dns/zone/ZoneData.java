package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One zone on its way to the table: the records that it is told, and those that its apex is made
 * of, by owner and type. Cold.
 */
final class ZoneData {
  /**
   * TTL of the apex NS and of the addresses of its name servers. Resolvers prefer them to the
   * parent's (RFC 2181 section 5.4.1); an hour lets a change of name servers take hold in one.
   */
  static final long APEX_TTL_SECONDS = 3600;

  // For secondaries. RFC 1912 section 2.2 names the ranges.
  private static final int SOA_REFRESH_SECONDS = 3600;
  private static final int SOA_RETRY_SECONDS = 600;
  private static final int SOA_EXPIRE_SECONDS = 14 * 24 * 3600;

  private final ZoneSpec spec;
  private final int number;
  private final Map<Name, OwnerRecords> owners;
  private final List<StaticRecord> made = new ArrayList<>();
  private final Set<Name> cuts = new HashSet<>();
  private final Set<Name> dnames = new HashSet<>();

  ZoneData(ZoneSpec spec, int number) {
    this.spec = spec;
    this.number = number;
    this.owners = LinkedHashMap.newLinkedHashMap(spec.records().size());
    for (StaticRecord record : spec.records()) {
      if (belongs(record)) {
        add(record);
      }
    }
    switch (spec.authority()) {
      case Authority.Made authority -> addApex(authority);
      case Authority.Told(var soa) -> make(withSerial(soa));
    }
  }

  /**
   * An SOA among the records is one too many, and apex NS are where the settings make them: the
   * checker says so.
   */
  private boolean belongs(StaticRecord record) {
    boolean madeNs =
        record.type() == RrType.NS
            && record.owner().equals(spec.apex())
            && spec.authority() instanceof Authority.Made;
    return record.owner().isAtOrBelow(spec.apex()) && record.type() != RrType.SOA && !madeNs;
  }

  private void addApex(Authority.Made authority) {
    if (authority.nameServers().isEmpty()) {
      return;
    }
    make(new StaticRecord(spec.apex(), RrType.SOA, authority.negativeTtlSeconds(), soa(authority)));
    for (NameServer server : authority.nameServers()) {
      make(new StaticRecord(spec.apex(), RrType.NS, APEX_TTL_SECONDS, server.name().wire()));
      if (server.name().isAtOrBelow(spec.apex())) {
        server.addresses().forEach(address -> addAddress(server.name(), address));
      }
    }
  }

  private byte[] soa(Authority.Made authority) {
    var rdata = new ByteArrayOutputStream();
    rdata.writeBytes(authority.nameServers().getFirst().name().wire());
    rdata.writeBytes(authority.contact().wire());
    rdata.writeBytes(
        ByteBuffer.allocate(5 * Integer.BYTES)
            .putInt((int) spec.serial())
            .putInt(SOA_REFRESH_SECONDS)
            .putInt(SOA_RETRY_SECONDS)
            .putInt(SOA_EXPIRE_SECONDS)
            .putInt(authority.negativeTtlSeconds())
            .array());
    return rdata.toByteArray();
  }

  private StaticRecord withSerial(StaticRecord soa) {
    if (Rdata.problem(soa.type(), soa.rdata()) != null) {
      return soa; // the checker says so
    }
    byte[] rdata = soa.rdata().clone();
    ByteBuffer.wrap(rdata).putInt(Rdata.soaNumbersAt(rdata), (int) spec.serial());
    return new StaticRecord(soa.owner(), soa.type(), soa.ttlSeconds(), rdata);
  }

  /** Joins records of the same name that the zone was told, with their TTL. */
  private void addAddress(Name server, InetAddress address) {
    byte[] octets = address.getAddress();
    int type = octets.length == 4 ? RrType.A : RrType.AAAA;
    List<StaticRecord> told = rrset(server, type);
    long ttl = told.isEmpty() ? APEX_TTL_SECONDS : told.getFirst().ttlSeconds();
    make(new StaticRecord(server, type, ttl, octets));
  }

  private void make(StaticRecord record) {
    made.add(record);
    add(record);
  }

  private void add(StaticRecord record) {
    owners.computeIfAbsent(record.owner(), _ -> new OwnerRecords()).add(record);
    if (record.type() == RrType.NS && !record.owner().equals(spec.apex())) {
      cuts.add(record.owner());
    }
    if (record.type() == RrType.DNAME) {
      dnames.add(record.owner());
    }
  }

  /** Whether nobody told of a record: the zone's settings made it. */
  boolean isMade(StaticRecord record) {
    return made.stream().anyMatch(mine -> mine.equals(record) && mine == record);
  }

  /** For secondaries; only of a zone that is sound. */
  ZoneContent content() {
    StaticRecord soa = made.getFirst();
    return new ZoneContent(
        apex(), spec.serial(), soa, made.subList(1, made.size()), spec.records());
  }

  ZoneSpec spec() {
    return spec;
  }

  Name apex() {
    return spec.apex();
  }

  /** Its place among the zones. */
  int number() {
    return number;
  }

  /** All owners, also those below a cut. */
  Map<Name, OwnerRecords> owners() {
    return owners;
  }

  /** Empty where there is none. */
  List<StaticRecord> rrset(Name owner, int type) {
    OwnerRecords records = owners.get(owner);
    return records == null ? List.of() : records.rrset(type);
  }

  Set<Name> cuts() {
    return cuts;
  }

  /** The highest cut at a name or above it, within the zone; null where there is none. */
  @Nullable Name cutAtOrAbove(Name name) {
    if (cuts.isEmpty()) {
      return null;
    }
    Name highest = null;
    for (Name at = name; !at.equals(apex()); at = at.parent()) {
      if (cuts.contains(at)) {
        highest = at;
      }
    }
    return highest;
  }

  /** The nearest DNAME above a name, within the zone; null where there is none. */
  @Nullable Name dnameAbove(Name name) {
    if (dnames.isEmpty()) {
      return null;
    }
    for (Name at = name; !at.equals(apex()); ) {
      at = at.parent();
      if (dnames.contains(at)) {
        return at;
      }
    }
    return null;
  }
}
