package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the table of all names from what the zones are told and where services stand. */
public final class ZoneCompiler {
  private final ZoneTree tree;
  private final Map<Name, Integer> services;

  /** Which zone answers for each name that exists. */
  private final Map<Name, ZoneData> names = new LinkedHashMap<>();

  private ZoneCompiler(ZoneTree tree, Map<Name, Integer> services) {
    this.tree = tree;
    this.services = services;
  }

  /**
   * Everything that is wrong, of all zones at once; empty where {@link #compile} will succeed.
   *
   * @param services all names of services, aliases and wildcards included
   */
  public static List<ZoneProblem> check(List<ZoneSpec> zones, Collection<Name> services) {
    return new ZoneChecker(new ZoneTree(zones), services).problems();
  }

  /**
   * Compiles what {@link #check} found nothing wrong with.
   *
   * @param services the number in {@link ServiceTable} of each name of a service; an alias has its
   *     service's
   * @throws IllegalArgumentException where {@link #check} would have found a problem
   */
  public static ZoneTable compile(List<ZoneSpec> zones, Map<Name, Integer> services) {
    var tree = new ZoneTree(zones);
    List<ZoneProblem> problems = new ZoneChecker(tree, services.keySet()).problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.size() + " problems, the first: " + problems.getFirst().text());
    }
    return new ZoneCompiler(tree, services).compile();
  }

  private ZoneTable compile() {
    collectNames();
    List<Zone> zones = new ArrayList<>();
    for (ZoneData zone : tree.zones()) {
      zones.add(new Zone(zone.apex(), negativeSoa(zone), zone.content()));
    }
    var table = new NodeTable(zones, names.size() + zones.size());
    names.forEach((name, zone) -> addNode(table, zone, name));
    names.keySet().forEach(name -> linkWildcard(table, name));
    tree.zones().forEach(zone -> linkParentSide(table, zone));
    return new ZoneTable(table);
  }

  private void collectNames() {
    for (ZoneData zone : tree.zones()) {
      for (Name owner : zone.owners().keySet()) {
        Name cut = zone.cutAtOrAbove(owner);
        if (zone.equals(tree.zoneOf(owner)) && (cut == null || cut.equals(owner))) {
          addWithAncestors(zone, owner);
        }
      }
    }
    for (Name service : services.keySet()) {
      addWithAncestors(zoneOf(service), service);
    }
    for (ZoneData zone : tree.zones()) {
      ZoneData parent = authoritativeParent(zone);
      if (parent != null) {
        addWithAncestors(parent, zone.apex().parent());
      }
    }
  }

  private ZoneData zoneOf(Name service) {
    ZoneData zone = tree.zoneOf(service);
    if (zone == null) {
      throw new IllegalStateException("checked before: no zone holds " + service);
    }
    return zone;
  }

  /** Names that exist only because something is below them exist too (RFC 4592 section 2.2.2). */
  private void addWithAncestors(ZoneData zone, Name name) {
    Name at = name;
    while (names.putIfAbsent(at, zone) == null && !at.equals(zone.apex())) {
      at = at.parent();
    }
  }

  /** The zone of ours whose data the names right above an apex are; null where there is none. */
  private @Nullable ZoneData authoritativeParent(ZoneData zone) {
    ZoneData parent = tree.above(zone);
    return parent != null && tree.isAuthoritative(parent, zone.apex().parent()) ? parent : null;
  }

  /** The SOA of a no, whose TTL is how long the no is remembered (RFC 2308 section 3). */
  private RrSet negativeSoa(ZoneData zone) {
    StaticRecord soa = zone.rrset(zone.apex(), RrType.SOA).getFirst();
    var record =
        new StaticRecord(soa.owner(), soa.type(), Rdata.negativeTtlSeconds(soa), soa.rdata());
    return rrset(zone, zone.apex(), RrType.SOA, List.of(record));
  }

  private void addNode(NodeTable table, ZoneData zone, Name name) {
    OwnerRecords told = zone.owners().get(name);
    List<RrSet> rrsets = new ArrayList<>();
    boolean cut = zone.cuts().contains(name);
    if (told != null) {
      told.forEach(
          (type, records) -> {
            // All that the parent may say of a cut; the rest there is glue.
            if (!cut || type == RrType.NS || type == RrType.DS) {
              rrsets.add(rrset(zone, name, type, records));
            }
          });
    }
    int service = services.getOrDefault(name, ZoneTable.NONE);
    int node = table.add(name, zone.number(), service, rrsets);
    for (int i = 0; i < rrsets.size(); i++) {
      int type = rrsets.get(i).type();
      if (type == RrType.DNAME || (cut && type == RrType.NS)) {
        table.set(node, NodeTable.BELOW, table.get(node, NodeTable.RRSETS) + i);
      }
    }
  }

  private static void linkWildcard(NodeTable table, Name name) {
    if (name.isWildcard()) {
      table.set(node(table, name.parent()), NodeTable.WILDCARD, node(table, name));
    }
  }

  /** What the parent says of a child's apex: its DS, or that there is none. */
  private void linkParentSide(NodeTable table, ZoneData zone) {
    ZoneData parent = authoritativeParent(zone);
    if (parent == null) {
      return;
    }
    Name apex = zone.apex();
    List<StaticRecord> ds = parent.rrset(apex, RrType.DS);
    List<RrSet> rrsets = ds.isEmpty() ? List.of() : List.of(rrset(parent, apex, RrType.DS, ds));
    int node = table.addHidden(apex, parent.number(), ZoneTable.NONE, rrsets);
    table.set(node(table, apex), NodeTable.PARENT_SIDE, node);
  }

  private static int node(NodeTable table, Name name) {
    int node = table.find(name);
    if (node == ZoneTable.NONE) {
      throw new IllegalStateException(name + " has no node");
    }
    return node;
  }

  private RrSet rrset(ZoneData zone, Name owner, int type, List<StaticRecord> told) {
    List<StaticRecord> records = Rdata.distinct(told);
    var glue = new BlockBuilder(owner, zone.apex());
    var addresses = new BlockBuilder(owner, zone.apex());
    boolean cut = type == RrType.NS && !owner.equals(zone.apex());
    for (Name host : hosts(type, records)) {
      // Below the cut only the parent can say the address: RFC 9471 section 2.1.
      BlockBuilder block = cut && host.isAtOrBelow(owner) ? glue : addresses;
      block.add(Rdata.distinct(zone.rrset(host, RrType.A)));
      block.add(Rdata.distinct(zone.rrset(host, RrType.AAAA)));
    }
    boolean leads = type == RrType.CNAME || type == RrType.DNAME;
    return new RrSet(
        type,
        (int) records.getFirst().ttlSeconds(),
        new BlockBuilder(owner, zone.apex()).add(records).build(),
        glue.build(),
        addresses.build(),
        leads ? Name.ofWire(records.getFirst().rdata()) : null);
  }

  /** Each once: no record stands twice in a reply (RFC 2181 section 5). */
  private static Set<Name> hosts(int type, List<StaticRecord> records) {
    Set<Name> hosts = new LinkedHashSet<>();
    for (StaticRecord record : records) {
      Name host = Rdata.host(type, record.rdata());
      if (host != null) {
        hosts.add(host);
      }
    }
    return hosts;
  }
}
