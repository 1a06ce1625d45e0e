package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with zones, and with where services stand in them. Cold. */
final class ZoneChecker {
  /** What a message has for one RRset: 65,535 octets less the header and the longest question. */
  private static final int MAX_RRSET = 65_535 - 12 - (Name.MAX_LENGTH + 4);

  /** Owner, as a pointer, to RDLEN. */
  private static final int RECORD_HEAD = 12;

  private static final int[] STEERED_TYPES = {RrType.A, RrType.AAAA};

  private final ZoneTree tree;
  private final Set<Name> services = new HashSet<>();
  private final List<ZoneProblem> problems = new ArrayList<>();

  ZoneChecker(ZoneTree tree, Collection<Name> services) {
    this.tree = tree;
    checkServices(services);
    Set<Name> apexes = new HashSet<>();
    for (ZoneData zone : tree.zones()) {
      if (!apexes.add(zone.apex())) {
        problem(zone, null, "a second zone " + zone.apex());
      }
      checkZone(zone);
    }
  }

  List<ZoneProblem> problems() {
    return List.copyOf(problems);
  }

  private void checkServices(Collection<Name> names) {
    for (Name name : names) {
      ZoneData zone = tree.zoneOf(name);
      Name cut = zone == null ? null : zone.cutAtOrAbove(name);
      if (!services.add(name)) {
        serviceProblem(zone, name, "a second service " + name);
      } else if (zone == null) {
        serviceProblem(null, name, "the service " + name + " lies in no zone of this server");
      } else if (cut != null) {
        serviceProblem(
            zone, name, "the service " + name + " lies in " + cut + ", which is delegated away");
      } else if (zone.dnameAbove(name) != null) {
        serviceProblem(
            zone,
            name,
            "the service " + name + " lies below the DNAME of " + zone.dnameAbove(name));
      }
    }
  }

  private void checkZone(ZoneData zone) {
    if (zone.apex().isWildcard()) {
      problem(zone, null, "the zone's name begins with *: a wildcard is no zone (RFC 4592 4.1)");
    }
    ZoneData parent = tree.above(zone);
    if (parent != null && parent.dnameAbove(zone.apex()) != null) {
      problem(zone, null, "the zone lies below the DNAME of " + parent.dnameAbove(zone.apex()));
    }
    boolean readable = checkSoa(zone);
    for (StaticRecord record : zone.spec().records()) {
      String wrong = wrong(zone, record);
      if (wrong != null) {
        problem(zone, record, text(record) + ": " + wrong);
      }
      readable &= Rdata.problem(record.type(), record.rdata()) == null;
    }
    if (!readable) {
      return; // what follows reads the names in RDATA
    }
    checkNameServers(zone);
    zone.owners()
        .forEach(
            (owner, records) -> {
              records.forEach((_, rrset) -> checkRrSet(zone, rrset));
              checkAlias(zone, owner, records);
              checkDname(zone, owner, records);
              checkBesideService(zone, owner, records);
            });
    zone.cuts().forEach(cut -> checkGlue(zone, cut));
  }

  private boolean checkSoa(ZoneData zone) {
    if (!(zone.spec().authority() instanceof Authority.Told(var soa))) {
      return true;
    }
    String wrong =
        soa.owner().equals(zone.apex())
            ? Rdata.problem(soa.type(), soa.rdata())
            : "it does not stand at the zone's apex " + zone.apex();
    if (wrong != null) {
      problem(zone, soa, text(soa) + ": " + wrong);
    }
    return wrong == null;
  }

  private void checkNameServers(ZoneData zone) {
    List<StaticRecord> told = zone.rrset(zone.apex(), RrType.NS);
    if (told.isEmpty()) {
      problem(zone, null, "a zone needs at least one name server");
    }
    for (StaticRecord ns : told) {
      Name name = Name.ofWire(ns.rdata());
      if (!zone.rrset(name, RrType.CNAME).isEmpty()) {
        problem(zone, ns, "the name server " + name + " is a CNAME (RFC 2181 section 10.3)");
      } else if (zone.equals(tree.zoneOf(name))
          && !services.contains(name)
          && !hasAddress(zone, name)) {
        problem(zone, ns, "the name server " + name + " is in the zone and has no address");
      }
    }
  }

  private static boolean hasAddress(ZoneData zone, Name name) {
    return !zone.rrset(name, RrType.A).isEmpty() || !zone.rrset(name, RrType.AAAA).isEmpty();
  }

  /** What is wrong with a record by itself. */
  private static @Nullable String wrong(ZoneData zone, StaticRecord record) {
    Name owner = record.owner();
    boolean apex = owner.equals(zone.apex());
    if (!owner.isAtOrBelow(zone.apex())) {
      return "it lies outside the zone " + zone.apex();
    }
    return switch (record.type()) {
      case RrType.SOA -> soaWrong(zone);
      case RrType.NS -> nsWrong(zone, record);
      case RrType.DNAME ->
          owner.isWildcard()
              ? "a wildcard DNAME has no clear meaning (RFC 4592 section 4.4)"
              : Rdata.problem(record.type(), record.rdata());
      case RrType.DS -> apex ? "DS belongs to the parent zone" : null;
      default ->
          isMeta(record.type())
              ? "a type to ask for or to transport with, not to keep (RFC 6895 section 3.1)"
              : Rdata.problem(record.type(), record.rdata());
    };
  }

  private static String soaWrong(ZoneData zone) {
    return zone.spec().authority() instanceof Authority.Made
        ? "a second SOA; the zone's own is made of its settings, leave them out to take this one"
        : "a second SOA; a zone has one, at its apex";
  }

  private static @Nullable String nsWrong(ZoneData zone, StaticRecord record) {
    boolean made = zone.spec().authority() instanceof Authority.Made;
    if (made && record.owner().equals(zone.apex())) {
      return "the zone's own NS are made of its settings";
    }
    return record.owner().isWildcard()
        ? "a wildcard delegates nothing (RFC 4592 section 4.2)"
        : Rdata.problem(record.type(), record.rdata());
  }

  private static boolean isMeta(int type) {
    return type == 0 || type == RrType.OPT || (type >= RrType.NXNAME && type <= RrType.ANY);
  }

  private void checkRrSet(ZoneData zone, List<StaticRecord> rrset) {
    StaticRecord first = rrset.getFirst();
    int length = 0;
    for (StaticRecord record : rrset) {
      length += RECORD_HEAD + record.rdata().length;
      if (record.ttlSeconds() != first.ttlSeconds()) {
        problem(
            zone,
            record,
            text(record)
                + ": its TTL is "
                + record.ttlSeconds()
                + " s, that of the record before it "
                + first.ttlSeconds()
                + " s; all of an RRset have one (RFC 2181 section 5.2)");
      }
    }
    if (length > MAX_RRSET) {
      problem(
          zone,
          first,
          text(first) + ": the RRset has " + length + " octets, a message at most " + MAX_RRSET);
    }
  }

  private void checkAlias(ZoneData zone, Name owner, OwnerRecords records) {
    List<StaticRecord> aliases = records.rrset(RrType.CNAME);
    if (aliases.isEmpty()) {
      return;
    }
    String wrong = null;
    if (owner.equals(zone.apex())) {
      wrong = "a CNAME cannot stand at the zone's apex, beside SOA and NS";
    } else if (!records.hasOnly(RrType.CNAME)) {
      wrong = "a CNAME cannot stand beside other data of the same name";
    } else if (services.contains(owner)) {
      wrong = "a CNAME cannot stand beside a service of the same name";
    } else if (Rdata.distinct(aliases).size() > 1) {
      wrong = "a name has at most one CNAME";
    }
    if (wrong != null) {
      StaticRecord last = aliases.getLast();
      problem(zone, last, text(last) + ": " + wrong + " (RFC 2181 section 10.1)");
    }
  }

  private void checkDname(ZoneData zone, Name owner, OwnerRecords records) {
    StaticRecord any = records.first();
    Name above = zone.dnameAbove(owner);
    if (above != null) {
      problem(zone, any, text(any) + ": nothing can stand below the DNAME of " + above);
    }
    List<StaticRecord> dnames = records.rrset(RrType.DNAME);
    if (Rdata.distinct(dnames).size() > 1) {
      problem(zone, dnames.getLast(), text(dnames.getLast()) + ": a name has at most one DNAME");
    }
    if (!dnames.isEmpty() && zone.cuts().contains(owner)) {
      problem(zone, any, text(any) + ": a name is either delegated or has a DNAME");
    }
  }

  /**
   * What a service answers it answers alone; of other types static records may say what they like.
   */
  private void checkBesideService(ZoneData zone, Name owner, OwnerRecords records) {
    if (!services.contains(owner)) {
      return;
    }
    for (int type : STEERED_TYPES) {
      List<StaticRecord> rrset = records.rrset(type);
      if (!rrset.isEmpty()) {
        StaticRecord first = rrset.getFirst();
        problems.add(
            new ZoneProblem(
                zone.apex(),
                zone.isMade(first) ? null : first,
                owner,
                text(first)
                    + ": a service of the same name answers this type; leave one of them out"));
      }
    }
  }

  private void checkGlue(ZoneData zone, Name cut) {
    for (StaticRecord record : zone.rrset(cut, RrType.NS)) {
      Name server = Name.ofWire(record.rdata());
      if (server.isAtOrBelow(cut) && !hasAddress(zone, server)) {
        problem(
            zone,
            record,
            text(record)
                + ": "
                + server
                + " is in what is delegated, so its address must stand here too (RFC 9471 section"
                + " 3.1)");
      }
    }
  }

  private static String text(StaticRecord record) {
    return record.owner() + " " + RrType.text(record.type());
  }

  private void problem(ZoneData zone, @Nullable StaticRecord record, String text) {
    StaticRecord told = record == null || zone.isMade(record) ? null : record;
    problems.add(new ZoneProblem(zone.apex(), told, null, text));
  }

  private void serviceProblem(@Nullable ZoneData zone, Name service, String text) {
    Name apex = zone == null ? Name.ROOT : zone.apex();
    problems.add(new ZoneProblem(apex, null, service, text));
  }
}
