package io.fairlead.sync.cluster;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.cluster.GlobalLeader.Served;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.merge.Why;
import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.GlobalSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.SyncSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every cluster of the kubeconfig and says what each offers, whole, whenever it changes.
 * Each cluster stands alone: one that is dead, slow or odd delays no other and takes nothing away.
 */
public final class SyncAgent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SyncAgent.class);

  private final Loop loop = new Loop();
  private final Surroundings around;

  /** By context; changed on the loop only, read by anyone. */
  private final Map<String, Cluster> clusters = new ConcurrentSkipListMap<>();

  private SyncSpec spec;

  /** The policy that the clusters were last told, where AMKO's objects say it. */
  private @Nullable AmkoPolicy amko;

  /** The same of GlobalServices. */
  private @Nullable GlobalPolicy global;

  private @Nullable String kubeconfigText;
  private String kubeconfigProblem = "";

  private SyncAgent(
      SyncSpec spec,
      MemberSink sink,
      InstantSource clock,
      RandomGenerator random,
      Pace pace,
      HostResolver.Lookup lookup) {
    this.spec = spec;
    var resolver = new HostResolver(loop, lookup, this::namesChanged);
    around = new Surroundings(loop, pace, sink, clock, random, resolver, this::policyJudged);
  }

  /** What every cluster works with. */
  record Surroundings(
      Loop loop,
      Pace pace,
      MemberSink sink,
      InstantSource clock,
      RandomGenerator random,
      HostResolver resolver,
      Runnable policyJudged) {}

  /**
   * Returns at once; the first set of a cluster comes when it has listed.
   *
   * @param lastKnown sets restored from before a restart: a cluster's first list is measured by
   *     them as any later one is by what it listed before
   */
  public static SyncAgent start(
      SyncSpec spec,
      MemberSink sink,
      InstantSource clock,
      RandomGenerator random,
      Collection<ClusterMembers> lastKnown) {
    return start(spec, sink, clock, random, lastKnown, Pace.DEFAULT, HostResolver.OF_SYSTEM);
  }

  static SyncAgent start(
      SyncSpec spec,
      MemberSink sink,
      InstantSource clock,
      RandomGenerator random,
      Collection<ClusterMembers> lastKnown,
      Pace pace,
      HostResolver.Lookup lookup) {
    var agent = new SyncAgent(spec, sink, clock, random, pace, lookup);
    Map<String, ClusterMembers> known = new HashMap<>();
    lastKnown.forEach(set -> known.put(set.cluster(), set));
    for (ClusterSpec cluster : spec.clusters()) {
      agent.add(cluster, known.get(cluster.context()));
    }
    agent.loop.execute(agent::select);
    agent.loop.every(pace.poll(), agent::poll);
    return agent;
  }

  /** Takes another configuration; clusters that stay as they were keep their connections. */
  public void reconfigure(SyncSpec changed) {
    loop.execute(
        () -> {
          boolean sameSource =
              Objects.equals(leader(spec), leader(changed))
                  && Objects.equals(globalLeader(spec), globalLeader(changed));
          spec = changed;
          clusters.values().stream()
              .filter(cluster -> !sameSource || !changed.clusters().contains(cluster.spec()))
              .forEach(this::remove);
          for (ClusterSpec cluster : changed.clusters()) {
            Cluster known = clusters.get(cluster.context());
            if (known == null) {
              add(cluster, null);
            } else {
              known.follow(changed);
            }
          }
          amko = null;
          global = null;
          select();
          kubeconfigText = null;
          poll();
        });
  }

  /**
   * Lets go of the members that a cluster's last list lost and that were held back.
   *
   * @return false when there is no such cluster
   */
  public boolean acceptShrink(String context) {
    Cluster cluster = clusters.get(context);
    if (cluster != null) {
      loop.execute(cluster::acceptShrink);
    }
    return cluster != null;
  }

  /**
   * Says at objects what became of their names.
   *
   * @param notes by host, in words, what of it is not served; hosts that are not there are as told
   */
  public void note(Map<String, List<String>> notes) {
    loop.execute(() -> clusters.values().forEach(cluster -> cluster.note(notes)));
  }

  /**
   * Why an object of a cluster offers what it does.
   *
   * @return null when there is no such cluster; completes on the agent's thread
   */
  public @Nullable CompletableFuture<Why> why(Origin object) {
    Cluster cluster = clusters.get(object.cluster());
    if (cluster == null) {
      return null;
    }
    var answer = new CompletableFuture<Why>();
    loop.execute(() -> answer.complete(explained(cluster.why(object))));
    return answer;
  }

  /** With what only the agent knows: whose policy it is. */
  private Why explained(Why why) {
    AmkoSpec amkoSpec = spec.amko();
    AmkoPolicy judged = amko;
    if (amkoSpec == null || why.selected()) {
      return why;
    }
    String reason = null;
    if (judged == null || judged.equals(AmkoPolicy.NOTHING)) {
      reason =
          "no GSLBConfig and GlobalDeploymentPolicy are accepted in the leader cluster "
              + amkoSpec.leader();
    } else if (!judged.matchClusters().contains(why.object().cluster())) {
      reason = "matchClusters of the GlobalDeploymentPolicy do not name this cluster";
    }
    if (reason == null) {
      return why;
    }
    List<String> reasons = new ArrayList<>(List.of(reason));
    reasons.addAll(why.reasons());
    return new Why(why.object(), why.known(), false, reasons, why.members());
  }

  /** How each cluster stands now, sorted by context. */
  public List<ClusterStatus> status() {
    return clusters.values().stream().map(Cluster::status).toList();
  }

  @Override
  public void close() {
    loop.execute(() -> clusters.values().forEach(Cluster::close));
    loop.close();
  }

  private void add(ClusterSpec cluster, @Nullable ClusterMembers lastKnown) {
    AmkoSpec amkoSpec = spec.amko();
    Leader leader = null;
    if (amkoSpec != null && amkoSpec.leader().equals(cluster.context())) {
      AmkoPolicy restored = lastKnown == null ? null : lastKnown.amko();
      leader = new Leader(restored, loop, around.pace());
      leader.follow(amkoSpec, spec.shrink());
    }
    GlobalLeader globalLeader =
        GlobalLeader.of(
            cluster.context(),
            spec,
            lastKnown == null ? null : lastKnown.global(),
            loop,
            around.pace());
    var added = new Cluster(cluster, around, spec, leader, globalLeader);
    if (lastKnown != null) {
      added.restore(lastKnown.members());
    }
    clusters.put(cluster.context(), added);
  }

  private void namesChanged() {
    clusters.values().forEach(Cluster::sayMembersSoon);
  }

  /** The leader has judged the objects that are the policy. */
  private void policyJudged() {
    if (!Objects.equals(leaderPolicy(), amko) || !Objects.equals(globalPolicy(), global)) {
      select();
    }
  }

  /** Tells every cluster which objects to take; not before that is known. */
  private void select() {
    amko = leaderPolicy();
    global = globalPolicy();
    if ((spec.amko() != null && amko == null) || (spec.global() != null && global == null)) {
      return;
    }
    Map<String, Map<String, String>> named = global == null ? Map.of() : global.named();
    for (Cluster cluster : clusters.values()) {
      ImportPolicy policy =
          amko == null ? spec.policy() : amko.selection(cluster.spec().context(), spec.policy());
      cluster.select(policy.naming(named), spec.shrink());
    }
  }

  private static @Nullable String leader(SyncSpec spec) {
    return spec.amko() == null ? null : spec.amko().leader();
  }

  private static @Nullable String globalLeader(SyncSpec spec) {
    return spec.global() == null ? null : spec.global().leader();
  }

  private @Nullable GlobalPolicy globalPolicy() {
    GlobalSpec globalSpec = spec.global();
    Cluster leader = globalSpec == null ? null : clusters.get(globalSpec.leader());
    return leader == null ? null : leader.global();
  }

  private @Nullable AmkoPolicy leaderPolicy() {
    AmkoSpec amkoSpec = spec.amko();
    Cluster leader = amkoSpec == null ? null : clusters.get(amkoSpec.leader());
    return leader == null ? null : leader.amko();
  }

  private void remove(Cluster cluster) {
    cluster.close();
    clusters.remove(cluster.spec().context());
  }

  private void poll() {
    readKubeconfig(spec.kubeconfig());
    clusters.values().forEach(Cluster::poll);
    GlobalSpec globalSpec = spec.global();
    Cluster leader = globalSpec == null ? null : clusters.get(globalSpec.leader());
    if (leader != null && global != null) {
      leader.tell(served(global));
    }
  }

  /** How hosts are served, as far as is known here: what all clusters offer. */
  private Function<String, Served> served(GlobalPolicy policy) {
    Map<String, Integer> members = new HashMap<>();
    Map<String, Set<String>> offering = new HashMap<>();
    for (Cluster cluster : clusters.values()) {
      for (ImportedMember member : cluster.said()) {
        String host = HostNames.normal(member.host());
        if (policy.services().containsKey(host)) {
          members.merge(host, 1, Integer::sum);
          offering.computeIfAbsent(host, _ -> new HashSet<>()).add(member.cluster());
        }
      }
    }
    return host ->
        new Served(
            members.getOrDefault(host, 0) + policy.ownMembers(host),
            offering.getOrDefault(host, Set.of()).size(),
            List.of());
  }

  /** By its text, not its time: a mounted Secret changes by a link that points elsewhere. */
  private void readKubeconfig(Path file) {
    try {
      String text = Kubeconfig.read(file);
      if (!text.equals(kubeconfigText)) {
        Kubeconfig kubeconfig = Kubeconfig.parse(file, text);
        kubeconfigText = text;
        kubeconfigProblem = "";
        clusters.values().forEach(cluster -> connect(cluster, kubeconfig));
      }
    } catch (Kubeconfig.Unusable e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(kubeconfigProblem)) {
        kubeconfigProblem = problem;
        log.warn("{}; connections that stand go on", problem);
        clusters.values().forEach(cluster -> cluster.unusable(problem));
      }
    }
  }

  private static void connect(Cluster cluster, Kubeconfig kubeconfig) {
    try {
      cluster.connect(kubeconfig.endpoint(cluster.spec().context()));
    } catch (Kubeconfig.Unusable e) {
      cluster.unusable(String.valueOf(e.getMessage()));
    }
  }
}
