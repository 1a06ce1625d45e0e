package io.fairlead.dns.zone;

import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.NameKey;
import java.util.Arrays;
import java.util.List;

/** Lays out the arrays of a {@link ZoneTable}. Cold. */
final class NodeTable {
  /** Where the name stands in {@link #names}. */
  static final int NAME = 0;

  static final int ZONE = 1;

  /** The node of the wildcard right below, or NONE. */
  static final int WILDCARD = 2;

  /** The service's number, or NONE. */
  static final int SERVICE = 3;

  /** Which of {@link #rrsets} are the node's: first, and behind the last. */
  static final int RRSETS = 4;

  static final int RRSETS_END = 5;

  /** Which of {@link #rrsets} rules over all below: the NS of a cut, or a DNAME; or NONE. */
  static final int BELOW = 6;

  /** For an apex below another zone of ours: the node of that zone for the same name, or NONE. */
  static final int PARENT_SIDE = 7;

  static final int COLUMNS = 8;

  private final NameKey key = new NameKey();
  private final Zone[] zones;
  private final long[] slots;
  private final int[] nodes;
  private RrSet[] rrsets = new RrSet[16];
  private byte[] names = new byte[256];
  private int nodeCount;
  private int rrsetCount;
  private int namesLength;
  private int mostLabels;

  NodeTable(int nodeCapacity) {
    this(List.of(), nodeCapacity);
  }

  NodeTable(List<Zone> zones, int nodeCapacity) {
    this.zones = zones.toArray(Zone[]::new);
    this.nodes = new int[nodeCapacity * COLUMNS];
    // Half of the slots stay free, so that a miss ends after a probe or two.
    this.slots = new long[Integer.highestOneBit(Math.max(1, nodeCapacity)) * 4];
  }

  /** Adds a node that is found by its name. */
  int add(Name name, int zone, int service, List<RrSet> rrsets) {
    int node = addHidden(name, zone, service, rrsets);
    int hash = key.hash(0);
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = (long) hash << 32 | (node + 1);
    mostLabels = Math.max(mostLabels, key.labelCount());
    return node;
  }

  /** Adds a node that is found through another one only. */
  int addHidden(Name name, int zone, int service, List<RrSet> rrsets) {
    int node = nodeCount++;
    set(node, NAME, namesLength);
    set(node, ZONE, zone);
    set(node, WILDCARD, ZoneTable.NONE);
    set(node, SERVICE, service);
    set(node, RRSETS, rrsetCount);
    set(node, RRSETS_END, rrsetCount + rrsets.size());
    set(node, BELOW, ZoneTable.NONE);
    set(node, PARENT_SIDE, ZoneTable.NONE);
    key.set(name);
    append(key);
    for (RrSet rrset : rrsets) {
      if (rrsetCount == this.rrsets.length) {
        this.rrsets = Arrays.copyOf(this.rrsets, rrsetCount * 2);
      }
      this.rrsets[rrsetCount++] = rrset;
    }
    return node;
  }

  /** The node that is found by a name; {@link ZoneTable#NONE} where there is none. */
  int find(Name name) {
    key.set(name);
    int hash = key.hash(0);
    int mask = slots.length - 1;
    for (int at = hash & mask; slots[at] != 0; at = (at + 1) & mask) {
      int node = (int) slots[at] - 1;
      int nameAt = get(node, NAME);
      if ((int) (slots[at] >>> 32) == hash
          && key.suffixEquals(0, names, nameAt + 1, names[nameAt] & 0xff)) {
        return node;
      }
    }
    return ZoneTable.NONE;
  }

  private void append(NameKey name) {
    if (namesLength + 1 + name.length() > names.length) {
      names = Arrays.copyOf(names, names.length * 2);
    }
    names[namesLength] = (byte) name.length();
    name.copyTo(names, namesLength + 1);
    namesLength += 1 + name.length();
  }

  void set(int node, int column, int value) {
    nodes[node * COLUMNS + column] = value;
  }

  int get(int node, int column) {
    return nodes[node * COLUMNS + column];
  }

  Zone[] zones() {
    return zones;
  }

  RrSet[] rrsets() {
    return Arrays.copyOf(rrsets, rrsetCount);
  }

  long[] slots() {
    return slots;
  }

  int[] nodes() {
    return nodes;
  }

  byte[] names() {
    return Arrays.copyOf(names, namesLength);
  }

  int mostLabels() {
    return mostLabels;
  }
}
