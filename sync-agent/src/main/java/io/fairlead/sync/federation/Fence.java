package io.fairlead.sync.federation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the Leases of all clusters whether this node may lead. Each look gives one decision;
 * looks come at equal times, and no clock but theirs counts: a Lease that stays the same for {@link
 * #LOOKS} looks is nobody's, one that was renewed as often has an owner who lives.
 *
 * <p>Of two that both want to lead, the one of the later term does; at equal terms the one whose
 * cluster's name comes first. A term begins one above all that are seen, and only where nobody else
 * may still hold a Lease: so whoever was away finds itself outranked when it returns.
 */
final class Fence {
  /** At 5 s a look, 20 s: longer than any API server needs to answer a renewal. */
  static final int LOOKS = 4;

  /** What to do now. */
  sealed interface Decision {
    /** Hold nothing and wait. */
    record StandBy(String why) implements Decision {}

    /** Give up leading for good: another does. */
    record Yield(Claimant to, int term) implements Decision {}

    /**
     * Take or renew these Leases, in this order; each that is refused ends the attempt.
     *
     * @param clusters sorted by name: who meets a rival meets it at the first
     */
    record Claim(int term, List<String> clusters) implements Decision {}
  }

  private enum Standing {
    FREE,
    MINE,
    /** Somebody's, who may be gone. */
    WATCHED,
    /** Somebody's, who renews it. */
    LIVE
  }

  /**
   * @param looks for how many looks it has been the same
   * @param renewals how often its holder was seen to renew it
   */
  private record Sighting(LeaseView lease, int looks, int renewals) {}

  private final Claimant self;
  private final Map<String, Sighting> sightings = new TreeMap<>();

  Fence(Claimant self) {
    this.self = self;
  }

  /**
   * Looks once more.
   *
   * @param seen the Lease of each cluster that could be read, by context
   */
  Decision look(Map<String, LeaseView> seen) {
    sightings.keySet().retainAll(seen.keySet()); // what was not looked at may have changed twice
    seen.forEach(
        (cluster, lease) -> sightings.merge(cluster, new Sighting(lease, 0, 0), Fence::next));
    List<String> reached = seen.keySet().stream().sorted().toList();
    int own = highestTerm(reached, Standing.MINE);

    LeaseView rival = strongest(reached, Standing.LIVE, own);
    if (rival != null) {
      return new Decision.Yield(rival.holder(), rival.term());
    }
    LeaseView companion = companion(reached);
    if (companion != null) {
      return new Decision.StandBy(
          "node %s federates for this cluster".formatted(companion.holder().node()));
    }
    LeaseView watched = strongest(reached, Standing.WATCHED, own);
    if (watched != null) {
      return new Decision.StandBy(
          "waiting whether %s still leads".formatted(watched.holder().context()));
    }
    return new Decision.Claim(own == 0 ? highestTermOfAll(reached) + 1 : own, claimable(reached));
  }

  /** Of no use after a pause: whoever was seen before it may be gone. */
  void forget() {
    sightings.clear();
  }

  private static Sighting next(Sighting before, Sighting now) {
    if (before.lease().equals(now.lease())) {
      return new Sighting(before.lease(), before.looks() + 1, before.renewals());
    }
    boolean sameHolder = before.lease().holder().equals(now.lease().holder());
    return new Sighting(now.lease(), 0, sameHolder ? before.renewals() + 1 : 0);
  }

  private Standing standing(Sighting sighting) {
    Claimant holder = sighting.lease().holder();
    if (holder.isNobody() || (!holder.equals(self) && sighting.looks() >= LOOKS)) {
      return Standing.FREE;
    }
    if (holder.equals(self)) {
      return Standing.MINE;
    }
    boolean renewed = sighting.renewals() >= LOOKS && sighting.looks() <= 1;
    return renewed ? Standing.LIVE : Standing.WATCHED;
  }

  private List<Sighting> of(List<String> reached, Standing standing) {
    return reached.stream()
        .map(sightings::get)
        .filter(sighting -> sighting != null && standing(sighting) == standing)
        .toList();
  }

  /** The strongest Lease of another cluster's claimant that outranks a term of ours. */
  private @Nullable LeaseView strongest(List<String> reached, Standing standing, int own) {
    return of(reached, standing).stream()
        .map(Sighting::lease)
        .filter(lease -> !lease.holder().context().equals(self.context()))
        .filter(lease -> outranks(lease, own))
        .max(Comparator.comparingInt(LeaseView::term))
        .orElse(null);
  }

  private boolean outranks(LeaseView lease, int own) {
    boolean first = lease.holder().context().compareTo(self.context()) < 0;
    return own == 0 || lease.term() > own || (lease.term() == own && first);
  }

  private @Nullable LeaseView companion(List<String> reached) {
    var others = new ArrayList<>(of(reached, Standing.WATCHED));
    others.addAll(of(reached, Standing.LIVE));
    return others.stream()
        .map(Sighting::lease)
        .filter(lease -> lease.holder().context().equals(self.context()))
        .findFirst()
        .orElse(null);
  }

  private int highestTerm(List<String> reached, Standing standing) {
    return of(reached, standing).stream().mapToInt(s -> s.lease().term()).max().orElse(0);
  }

  private int highestTermOfAll(List<String> reached) {
    return reached.stream()
        .map(sightings::get)
        .mapToInt(sighting -> sighting == null ? 0 : sighting.lease().term())
        .max()
        .orElse(0);
  }

  private List<String> claimable(List<String> reached) {
    return reached.stream()
        .filter(
            cluster -> {
              Sighting sighting = sightings.get(cluster);
              return sighting != null
                  && (standing(sighting) == Standing.FREE || standing(sighting) == Standing.MINE);
            })
        .toList();
  }
}
