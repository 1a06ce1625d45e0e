package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.NameKey;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.Lookup.Kind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All names that we know, of all zones, compiled for look-up: an open-addressed hash table over
 * lower-case wire names, in flat arrays. What exists only because something is below it is a node
 * too (RFC 4592 section 2.2.2); what lies below a zone cut is none. Immutable.
 *
 * <p>A name that exists costs one probe. Any other is looked for from its longest ancestor up: the
 * first that exists is the closest encloser (RFC 4592 section 3.3.1), and its node says the rest.
 */
public final class ZoneTable {
  public static final int NONE = -1;

  public static final ZoneTable EMPTY = new ZoneTable(new NodeTable(0));

  private final Zone[] zones;
  private final RrSet[] rrsets;

  /** Hash in the upper half, node + 1 in the lower; 0 = free. A power of two of them. */
  private final long[] slots;

  /** {@link NodeTable#COLUMNS} ints a node, side by side, so that a node is one cache line. */
  private final int[] nodes;

  /** Each name after its length. */
  private final byte[] names;

  private final int mostLabels;

  ZoneTable(NodeTable compiled) {
    this.zones = compiled.zones();
    this.rrsets = compiled.rrsets();
    this.slots = compiled.slots();
    this.nodes = compiled.nodes();
    this.names = compiled.names();
    this.mostLabels = compiled.mostLabels();
  }

  /** Whether there is no zone at all: nothing has been configured yet. */
  public boolean isEmpty() {
    return zones.length == 0;
  }

  /** For cold paths. */
  public List<Zone> zones() {
    return List.of(zones);
  }

  /** Finds what a name and a type stand for (RFC 1034 section 4.3.2, RFC 4592 section 3.3). */
  public void find(NameKey name, int type, ServiceTable services, Lookup lookup) {
    int node = node(name, 0);
    if (node != NONE) {
      // The only type of which the parent's side of a cut is the authority: RFC 4035 section
      // 3.1.4.1.
      atName(type == RrType.DS ? parentSide(node) : node, type, services, lookup);
      return;
    }
    // No ancestor that we know has more labels than the longest name of ours.
    for (int label = Math.max(1, name.labelCount() - mostLabels);
        label <= name.labelCount();
        label++) {
      node = node(name, label);
      if (node != NONE) {
        belowEncloser(node, label, type, services, lookup);
        return;
      }
    }
    lookup.notOurs();
  }

  /** The node of the suffix at a label; {@link #NONE} where there is none. */
  private int node(NameKey name, int label) {
    int hash = name.hash(label);
    int mask = slots.length - 1;
    for (int at = hash & mask; slots[at] != 0; at = (at + 1) & mask) {
      if ((int) (slots[at] >>> 32) == hash) {
        int node = (int) slots[at] - 1;
        int nameAt = get(node, NodeTable.NAME);
        if (name.suffixEquals(label, names, nameAt + 1, names[nameAt] & 0xff)) {
          return node;
        }
      }
    }
    return NONE;
  }

  private int parentSide(int node) {
    int parentSide = get(node, NodeTable.PARENT_SIDE);
    return parentSide == NONE ? node : parentSide;
  }

  private void atName(int node, int type, ServiceTable services, Lookup lookup) {
    int below = get(node, NodeTable.BELOW);
    lookup.found(Kind.NO_DATA, node, 0, zone(node));
    if (below != NONE && rrsets[below].type() == RrType.NS && type != RrType.DS) {
      lookup.records(Kind.REFERRAL, rrsets[below]);
    } else {
      data(node, type, services, lookup);
    }
  }

  private void belowEncloser(
      int encloser, int label, int type, ServiceTable services, Lookup lookup) {
    int below = get(encloser, NodeTable.BELOW);
    int wildcard = get(encloser, NodeTable.WILDCARD);
    if (below != NONE) {
      RrSet ruling = rrsets[below];
      lookup.found(Kind.NO_DATA, encloser, label, zone(encloser));
      lookup.records(ruling.type() == RrType.NS ? Kind.REFERRAL : Kind.SUBSTITUTE, ruling);
    } else if (wildcard != NONE) {
      lookup.found(Kind.NO_DATA, wildcard, label, zone(wildcard));
      data(wildcard, type, services, lookup);
    } else {
      lookup.found(Kind.NX_DOMAIN, encloser, label, zone(encloser));
    }
  }

  /** A service's own types first, then static records, then the service's CNAME for any type. */
  private void data(int node, int type, ServiceTable services, Lookup lookup) {
    int number = get(node, NodeTable.SERVICE);
    if (number != NONE && serves(services.get(number), type, lookup)) {
      return;
    }
    RrSet rrset = rrset(node, type);
    if (rrset != null) {
      boolean asked = rrset.type() == type || type == RrType.ANY;
      lookup.records(asked ? Kind.RECORDS : Kind.ALIAS, rrset);
    } else if (number != NONE) {
      steered(services.get(number), RrType.CNAME, lookup);
    }
  }

  private static boolean serves(SteeredService service, int type, Lookup lookup) {
    if (steered(service, type, lookup)) {
      return true;
    }
    SteeredBinding binding = service.binding(type);
    if (binding != null) {
      lookup.bound(binding);
    }
    return binding != null;
  }

  private static boolean steered(SteeredService service, int type, Lookup lookup) {
    SteeredRrSet rrset = type == RrType.ANY ? service.first() : service.find(type);
    if (rrset == null) {
      return false;
    }
    lookup.steered(rrset);
    return true;
  }

  /**
   * The RRset of a type, or the CNAME that stands for all types; for ANY the first that there is
   * (RFC 8482 section 4.1).
   */
  private @Nullable RrSet rrset(int node, int type) {
    int end = get(node, NodeTable.RRSETS_END);
    for (int at = get(node, NodeTable.RRSETS); at < end; at++) {
      int here = rrsets[at].type();
      if (here == type || here == RrType.CNAME || type == RrType.ANY) {
        return rrsets[at];
      }
    }
    return null;
  }

  private Zone zone(int node) {
    return zones[get(node, NodeTable.ZONE)];
  }

  private int get(int node, int column) {
    return nodes[node * NodeTable.COLUMNS + column];
  }

  /** The number of the service that stands at a node; {@link #NONE} where there is none. */
  public int service(int node) {
    return get(node, NodeTable.SERVICE);
  }

  /** The name of a node, for cold paths. */
  public Name name(int node) {
    int at = get(node, NodeTable.NAME);
    return Name.ofWire(Arrays.copyOfRange(names, at + 1, at + 1 + (names[at] & 0xff)));
  }
}
