package io.fairlead.dns.zone;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What {@link ZoneTable#find} found. Mutable and reused; one for each query thread. */
public final class Lookup {
  /** The cases of RFC 1034 section 4.3.2, step 3, with those of RFC 2308 section 2. */
  public enum Kind {
    /** {@link #rrset} is of the type that was asked for. */
    RECORDS,
    /** {@link #rrset} is a CNAME, and another type was asked for. */
    ALIAS,
    /** {@link #steered} has an answer chosen. */
    STEERED,
    /** {@link #binding} leads to addresses that are chosen. */
    BOUND,
    /** The name exists, perhaps only because something is below it, without this type. */
    NO_DATA,
    /** The name does not exist in {@link #zone}. */
    NX_DOMAIN,
    /** {@link #rrset} is the NS of the cut at {@link #label}. */
    REFERRAL,
    /** {@link #rrset} is the DNAME at {@link #label}, above the name. */
    SUBSTITUTE,
    /** No zone of ours. */
    NOT_OURS
  }

  private Kind kind = Kind.NOT_OURS;
  private int node = ZoneTable.NONE;
  private int label;
  private @Nullable Zone zone;
  private @Nullable RrSet rrset;
  private @Nullable SteeredRrSet steered;
  private @Nullable SteeredBinding binding;

  void notOurs() {
    kind = Kind.NOT_OURS;
    node = ZoneTable.NONE;
    zone = null;
  }

  /**
   * @param at the node that says it: of the name, of a wildcard, or of the closest encloser
   * @param atLabel the label of the name asked for at which that node's name begins, or, for a
   *     wildcard, its parent's
   */
  void found(Kind what, int at, int atLabel, Zone inZone) {
    kind = what;
    node = at;
    label = atLabel;
    zone = inZone;
  }

  void records(Kind what, RrSet records) {
    kind = what;
    rrset = records;
  }

  void steered(SteeredRrSet records) {
    kind = Kind.STEERED;
    steered = records;
  }

  void bound(SteeredBinding found) {
    kind = Kind.BOUND;
    binding = found;
  }

  public Kind kind() {
    return kind;
  }

  /** The node that answers, to tell whether a CNAME chain comes back to it. */
  public int node() {
    return node;
  }

  /** How many labels of the name asked for stand in front of the node's name. */
  public int label() {
    return label;
  }

  /** For every kind but {@link Kind#NOT_OURS}. */
  public Zone zone() {
    return requireNonNull(zone);
  }

  public RrSet rrset() {
    return requireNonNull(rrset);
  }

  public SteeredRrSet steered() {
    return requireNonNull(steered);
  }

  public SteeredBinding binding() {
    return requireNonNull(binding);
  }
}
