package io.fairlead.policy.explain;

/** What became of a pool, and the half sentence that says why. */
public enum PoolFate {
  TAKEN(true, "is taken: no pool with a member that can answer has a higher priority"),
  JOINED(true, "is taken too: those above have fewer members up than the service wants"),
  BY_DISTANCE(true, "can answer; the pool nearest to the client is taken"),
  OUTRANKED(false, "is left: a pool of higher priority can answer"),
  NONE_ELIGIBLE(false, "is left: none of its members can answer now"),
  LAST_RESORT(true, "is taken although none of its members can answer: all records were asked for"),
  NO_MEMBER(false, "is left: it has no member of this address family"),
  NEVER_CHOSEN(false, "is left: priority 0 means probed, never chosen"),
  DISABLED(false, "is left: it is disabled");

  private final boolean taken;
  private final String text;

  PoolFate(boolean taken, String text) {
    this.taken = taken;
    this.text = text;
  }

  public boolean taken() {
    return taken;
  }

  public String text() {
    return text;
  }
}
