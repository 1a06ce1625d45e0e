package io.fairlead.sync.federation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fairlead.sync.federation.AmkoCluster.Condition;
import io.fairlead.sync.federation.Copies.Part;
import io.fairlead.sync.federation.FederationStatus.Member;
import io.fairlead.sync.federation.FederationStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the AMKO objects of this node's cluster to the others, while its AMKOCluster says that it
 * leads and it holds the Leases of most clusters. Looks at equal times; a look blocks, and one
 * cluster that is dead costs the others one timeout at most.
 *
 * <p>Only a cluster whose Lease is held is written to, and only while most Leases are: of two
 * leaders that cannot see each other one at most writes.
 */
final class Federator {
  private static final Logger log = LoggerFactory.getLogger(Federator.class);

  private static final String TOO_LATE = "no answer in time";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Claimant self;
  private final ClusterApis apis;
  private final InstantSource clock;
  private final Duration valid;
  private final Fence fence;
  private String said = "";
  private volatile FederationStatus status;

  /**
   * @param valid how long a Lease counts without being renewed, for whoever reads it
   */
  Federator(Claimant self, ClusterApis apis, InstantSource clock, Duration valid) {
    this.self = self;
    this.apis = apis;
    this.clock = clock;
    this.valid = valid;
    this.fence = new Fence(self);
    this.status = FederationStatus.off(self.context(), "it has not been looked at yet");
  }

  FederationStatus status() {
    return status;
  }

  /** What one cluster showed in this look. */
  private record Glimpse(List<AmkoCluster> objects, LeaseView lease, String problem) {
    boolean reached() {
      return problem.isEmpty();
    }
  }

  void look() {
    apis.refresh();
    Glimpse home = glimpse(self.context());
    if (home.objects().stream().noneMatch(AmkoCluster::leader)) {
      fence.forget();
    }
    if (!home.reached()) {
      become(State.FAILED, self.context() + ": " + home.problem(), Map.of(), Map.of());
    } else if (home.objects().isEmpty()) {
      become(State.OFF, "there is no AMKOCluster in " + self.context(), Map.of(), Map.of());
    } else if (home.objects().size() > 1) {
      refuse(home, "only one AMKOCluster can be in a cluster");
    } else if (!home.objects().getFirst().context().equals(self.context())) {
      refuse(
          home,
          "its clusterContext is %s, and this cluster is %s"
              .formatted(home.objects().getFirst().context(), self.context()));
    } else {
      look(home, home.objects().getFirst());
    }
  }

  private void refuse(Glimpse home, String reason) {
    home.objects().forEach(object -> tell(object, Conditions.invalid(reason)));
    become(State.FAILED, reason, Map.of(), Map.of());
  }

  private void look(Glimpse home, AmkoCluster own) {
    Map<String, Glimpse> seen = new TreeMap<>();
    seen.putAll(
        each(
            new TreeSet<>(own.clusters()),
            this::glimpse,
            _ -> new Glimpse(List.of(), LeaseView.NONE, TOO_LATE)));
    seen.put(self.context(), home);
    if (!own.leader()) {
      giveBack(seen);
      tell(own, Conditions.notLeader("AMKO not a leader"));
      become(State.FOLLOWING, "its AMKOCluster says that it does not lead", seen, Map.of());
      return;
    }
    Map<String, LeaseView> leases = new TreeMap<>();
    seen.forEach(
        (context, glimpse) -> {
          if (glimpse.reached()) {
            leases.put(context, glimpse.lease());
          }
        });
    switch (fence.look(leases)) {
      case Fence.Decision.Claim(int term, List<String> clusters) -> {
        Instant last = clock.instant().plus(valid.multipliedBy(3).dividedBy(4));
        lead(own, seen, claim(term, clusters, seen), last);
      }
      case Fence.Decision.StandBy(String why) -> {
        giveBack(seen);
        wait(own, seen, why);
      }
      case Fence.Decision.Yield(Claimant to, int term) -> {
        giveBack(seen);
        yieldTo(own, seen, to, term);
      }
    }
  }

  /** Takes or renews; the Leases that are held now. */
  private List<String> claim(int term, List<String> clusters, Map<String, Glimpse> seen) {
    List<String> held = new ArrayList<>();
    for (String context : clusters) {
      Glimpse glimpse = seen.get(context);
      if (glimpse == null) {
        continue;
      }
      try {
        if (!apis.of(context).hold(glimpse.lease(), self, term, valid, clock.instant())) {
          break; // somebody else is at it: he may have the rest
        }
        held.add(context);
      } catch (RuntimeException e) {
        seen.put(context, new Glimpse(glimpse.objects(), glimpse.lease(), reason(context, e)));
      }
    }
    return held;
  }

  /** Who does not lead holds nothing. */
  private void giveBack(Map<String, Glimpse> seen) {
    seen.forEach(
        (context, glimpse) -> {
          LeaseView lease = glimpse.lease();
          if (glimpse.reached() && lease.holder().equals(self)) {
            try {
              var _ =
                  apis.of(context)
                      .hold(lease, Claimant.NOBODY, lease.term(), valid, clock.instant());
            } catch (RuntimeException e) {
              log.debug("the Lease in {} will run out: {}", context, reason(context, e));
            }
          }
        });
  }

  /**
   * Copies.
   *
   * @param last when the last write may begin: a node that was stopped in between is to find that
   *     its time has gone before another's has come
   */
  private void lead(AmkoCluster own, Map<String, Glimpse> seen, List<String> held, Instant last) {
    int needed = seen.size() / 2 + 1;
    if (held.size() < needed) {
      wait(
          own,
          seen,
          "%d of %d Leases are held, and %d are needed"
              .formatted(held.size(), seen.size(), needed));
      return;
    }
    Map<Part, List<GenericKubernetesResource>> objects = new EnumMap<>(Part.class);
    try {
      for (Part part : Part.values()) {
        objects.put(part, apis.of(self.context()).objects(part));
      }
    } catch (KubernetesClientException e) {
      wait(own, seen, self.context() + ": " + reason(self.context(), e));
      return;
    }
    var leaders = new Follower.Leaders(self.context(), objects);
    List<String> others = held.stream().filter(c -> !c.equals(self.context())).toList();
    Map<String, Follower.Outcome> outcomes =
        each(
            others,
            context ->
                Follower.bring(apis.of(context), leaders, () -> clock.instant().isBefore(last)),
            _ -> Follower.Outcome.failed(TOO_LATE));
    tell(own, Conditions.leader(unreached(seen), odd(own, seen), "", outcomes));
    become(
        State.LEADING,
        "it holds " + held.size() + " of " + seen.size() + " Leases",
        seen,
        outcomes);
  }

  private void wait(AmkoCluster own, Map<String, Glimpse> seen, String why) {
    tell(own, Conditions.leader(unreached(seen), odd(own, seen), why, Map.of()));
    become(State.WAITING, why, seen, Map.of());
  }

  /** An old leader that comes back, or one that was promoted while another leads. */
  private void yieldTo(AmkoCluster own, Map<String, Glimpse> seen, Claimant to, int term) {
    String why = "%s leads, in term %d".formatted(to.context(), term);
    try {
      apis.of(self.context()).setLeader(own, false);
      log.warn("{}: isLeader of {} is now false", why, own.name());
      tell(own, Conditions.notLeader(why));
      become(State.FOLLOWING, why, seen, Map.of());
    } catch (RuntimeException e) {
      wait(own, seen, why + "; isLeader could not be taken back: " + reason(self.context(), e));
    }
  }

  private Map<String, String> unreached(Map<String, Glimpse> seen) {
    Map<String, String> unreached = new LinkedHashMap<>();
    seen.forEach(
        (context, glimpse) -> {
          if (!glimpse.reached()) {
            unreached.put(context, glimpse.problem());
          }
        });
    return unreached;
  }

  private Map<String, String> odd(AmkoCluster own, Map<String, Glimpse> seen) {
    Map<String, String> odd = new LinkedHashMap<>();
    seen.forEach(
        (context, glimpse) -> {
          if (glimpse.reached() && !context.equals(self.context())) {
            String what = odd(own, glimpse.objects());
            if (!what.isEmpty()) {
              odd.put(context, what);
            }
          }
        });
    return odd;
  }

  /** None of it hinders: versions may differ, and a follower needs no object of its own. */
  private static String odd(AmkoCluster own, List<AmkoCluster> others) {
    if (others.size() != 1) {
      return others.isEmpty() ? "it has no AMKOCluster" : "it has several AMKOClusters";
    }
    AmkoCluster other = others.getFirst();
    if (other.leader()) {
      return "it says that it leads, too";
    }
    return other.version().equals(own.version())
        ? ""
        : "its version is %s, ours %s".formatted(other.version(), own.version());
  }

  /** Only what is not there already; what cannot be written is tried again at the next look. */
  private void tell(AmkoCluster object, List<Condition> conditions) {
    if (!object.conditions().equals(conditions)) {
      try {
        apis.of(self.context()).setConditions(object, conditions);
      } catch (RuntimeException e) {
        log.debug(
            "the status of {} cannot be written: {}", object.name(), reason(self.context(), e));
      }
    }
  }

  private void become(
      State state,
      String reason,
      Map<String, Glimpse> seen,
      Map<String, Follower.Outcome> outcomes) {
    List<Member> members = new ArrayList<>();
    Map<String, Integer> holders = new TreeMap<>();
    int term = 0;
    for (var entry : seen.entrySet()) {
      Glimpse glimpse = entry.getValue();
      Follower.Outcome outcome = outcomes.get(entry.getKey());
      boolean mine = state == State.LEADING && outcome != null;
      String holder = mine ? self.context() : glimpse.lease().holder().context();
      if (!holder.isEmpty()) {
        holders.merge(holder, 1, Integer::sum);
      }
      term = Math.max(term, glimpse.lease().term());
      members.add(
          new Member(
              entry.getKey(),
              glimpse.reached(),
              glimpse.objects().stream().anyMatch(AmkoCluster::leader),
              glimpse.objects().stream().map(AmkoCluster::version).findFirst().orElse(""),
              holder,
              outcome == null ? 0 : outcome.copied(),
              outcome == null ? glimpse.problem() : outcome.text()));
    }
    String leader =
        state == State.LEADING
            ? self.context()
            : holders.entrySet().stream()
                .filter(e -> e.getValue() > seen.size() / 2)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    status = new FederationStatus(self.context(), state, reason, leader, term, members);
    say();
  }

  /** A line for each change, and none while nothing changes. */
  private void say() {
    var problems =
        status.clusters().stream()
            .filter(member -> !member.problem().isEmpty())
            .map(member -> "; " + member.context() + ": " + member.problem())
            .toList();
    String state = status.state().name().toLowerCase(Locale.ROOT);
    String now = state + ", " + status.reason() + String.join("", problems);
    if (!now.equals(said)) {
      said = now;
      if (status.state() == State.FAILED || !problems.isEmpty()) {
        log.warn("federation of {}: {}", self.context(), now);
      } else {
        log.info("federation of {}: {}", self.context(), now);
      }
    }
  }

  private Glimpse glimpse(String context) {
    try {
      ClusterApi api = apis.of(context);
      List<AmkoCluster> objects = api.amkoClusters();
      boolean asked = !objects.isEmpty() || !context.equals(self.context());
      return new Glimpse(objects, asked ? api.lease() : LeaseView.NONE, "");
    } catch (RuntimeException e) {
      return new Glimpse(List.of(), LeaseView.NONE, reason(context, e));
    }
  }

  private String reason(String context, RuntimeException e) {
    return apis.reason(context, e);
  }

  /**
   * All at once, and those who take too long are left behind: a dead one delays nobody.
   *
   * @param late what came of those, by cluster
   */
  private <T> Map<String, T> each(
      Collection<String> contexts, Function<String, T> work, Function<String, T> late) {
    List<String> order = List.copyOf(contexts);
    Map<String, T> results = new TreeMap<>();
    try {
      List<Future<T>> done =
          threads.invokeAll(
              order.stream().<Callable<T>>map(context -> () -> work.apply(context)).toList(),
              valid.toMillis() / 2,
              TimeUnit.MILLISECONDS);
      for (int i = 0; i < order.size(); i++) {
        String context = order.get(i);
        boolean whole = done.get(i).state() == Future.State.SUCCESS;
        results.put(context, whole ? done.get(i).resultNow() : late.apply(context));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      order.forEach(context -> results.put(context, late.apply(context)));
    }
    return results;
  }
}
