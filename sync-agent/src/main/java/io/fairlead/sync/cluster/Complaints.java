package io.fairlead.sync.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is still to be said at the objects of a cluster: each complaint once, when it has stood for
 * a while, and at a pace that an API server does not feel. Lives on the agent's thread.
 */
final class Complaints {
  /** Looks, a second apart: a load balancer that is just being made has no address yet. */
  static final int STANDING = 5;

  /** At once, and then one a look. */
  static final int BURST = 10;

  /** Looks until credentials that may not write are tried again. */
  static final int REFUSED = 600;

  private final Map<Complaint, Integer> standing = new HashMap<>();
  private final Set<Complaint> said = new HashSet<>();
  private int allowance = BURST;
  private int refused;

  /** Who says one; where it cannot be done, {@link #unsaid} or {@link #refuse} are told. */
  interface Sayer {
    void say(Complaint complaint);
  }

  /**
   * Says what is due.
   *
   * @param now all that there is to complain of
   */
  void look(Collection<Complaint> now, Sayer sayer) {
    Set<Complaint> here = new HashSet<>(now);
    standing.keySet().retainAll(here);
    said.retainAll(here);
    allowance = Math.min(BURST, allowance + 1);
    refused = Math.max(0, refused - 1);
    for (Complaint complaint : now) {
      int looks = standing.merge(complaint, 1, Integer::sum);
      if (looks >= STANDING && refused == 0 && allowance > 0 && said.add(complaint)) {
        allowance--;
        sayer.say(complaint);
      }
    }
  }

  /** It could not be said, and is tried again. */
  void unsaid(Complaint complaint) {
    said.remove(complaint);
  }

  /** We may not write here: all rests for some minutes. True the first time. */
  boolean refuse(Complaint complaint) {
    unsaid(complaint);
    boolean first = refused == 0;
    refused = REFUSED;
    return first;
  }
}
