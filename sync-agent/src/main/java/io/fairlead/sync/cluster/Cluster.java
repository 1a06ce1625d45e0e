package io.fairlead.sync.cluster;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.cluster.ClusterStatus.Skipped;
import io.fairlead.sync.cluster.Connection.Kind;
import io.fairlead.sync.cluster.GlobalLeader.Served;
import io.fairlead.sync.cluster.Kubeconfig.Endpoint;
import io.fairlead.sync.gateway.Gateways;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.global.Verdict;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.merge.Why;
import io.fairlead.sync.object.Identity;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.SyncSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cluster: its connection, what is known of it, and what was said of it. Lives on the agent's
 * thread; only {@link #status()} may be called from others.
 */
final class Cluster {
  /** A watch that ends is taken up again within a second or two; only a longer gap is a loss. */
  private static final int MISSED_POLLS = 5;

  private static final Logger log = LoggerFactory.getLogger(Cluster.class);

  private final ClusterSpec spec;
  private final Loop loop;
  private final Pace pace;
  private final MemberSink sink;
  private final Runnable policyJudged;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ClusterView view;
  private final HostResolver resolver;
  private final Gateways gateways = new Gateways();

  /** Null where AMKO's objects are not the policy, or are elsewhere. */
  private final @Nullable Leader leader;

  /** Null where GlobalServices do not count, or are elsewhere. */
  private final @Nullable GlobalLeader global;

  private Following following;
  private @Nullable Connection connection;
  private @Nullable ClusterMembers said;
  private final Complaints complaints = new Complaints();

  /** By host, why a name of ours is not served as its objects say. */
  private Map<String, List<String>> notes = Map.of();

  private boolean writeEvents;

  /** False while AMKO's objects are the policy and nothing is known of them. */
  private boolean policyKnown;

  /** Kinds that the cluster has and our credentials may not list. */
  private List<String> withheld = List.of();

  private boolean resolveNames;
  private boolean saying;
  private int missedPolls;
  private volatile ClusterStatus status;

  Cluster(
      ClusterSpec spec,
      SyncAgent.Surroundings around,
      SyncSpec sync,
      @Nullable Leader leader,
      @Nullable GlobalLeader global) {
    this.spec = spec;
    this.loop = around.loop();
    this.pace = around.pace();
    this.sink = around.sink();
    this.policyJudged = around.policyJudged();
    this.clock = around.clock();
    this.random = around.random();
    this.leader = leader;
    this.global = global;
    this.following = Following.of(sync);
    this.resolver = around.resolver();
    this.resolveNames = sync.resolveNames();
    this.writeEvents = sync.writeEvents();
    this.view = new ClusterView(spec, sync.policy(), sync.shrink());
    this.status = new ClusterStatus(spec.context(), false, clock.instant(), "connecting");
  }

  ClusterSpec spec() {
    return spec;
  }

  ClusterStatus status() {
    return status;
  }

  void restore(List<ImportedMember> lastKnown) {
    view.restore(lastKnown);
  }

  /** Connects as told; a connection that is there stands while it is the same. */
  void connect(Endpoint endpoint) {
    if (connection != null && connection.endpoint().equals(endpoint)) {
      return;
    }
    if (connection != null) {
      connection.close();
      startOver();
    }
    missedPolls = 0;
    var listener = new FromConnection();
    connection = Connection.open(endpoint, kinds(listener), pace.jittered(random), listener);
    listener.from = connection;
  }

  /** There is no way to connect now; a connection that is there goes on. */
  void unusable(String reason) {
    if (connection == null) {
      say(false, reason);
    }
  }

  /** What is to be followed; a change of the kinds needs another connection. */
  void follow(SyncSpec sync) {
    if (leader != null && sync.amko() != null) {
      leader.follow(sync.amko(), sync.shrink());
      sayMembersSoon();
    }
    if (global != null) {
      global.follow(sync);
      sayMembersSoon();
    }
    resolveNames = sync.resolveNames();
    writeEvents = sync.writeEvents();
    Following wanted = Following.of(sync);
    if (connection != null && !wanted.equals(following)) {
      Endpoint endpoint = connection.endpoint();
      close();
      startOver();
      following = wanted;
      connect(endpoint);
    }
    following = wanted;
  }

  /** Which objects are taken from now on. */
  void select(ImportPolicy policy, ShrinkGuard shrink) {
    policyKnown = true;
    view.reconfigure(policy, shrink);
    sayMembersSoon();
  }

  /** What AMKO's objects say, if they are here and anything is known of them. */
  @Nullable AmkoPolicy amko() {
    return leader == null ? null : leader.policy();
  }

  /** What GlobalServices say, if they are here and anything is known of them. */
  @Nullable GlobalPolicy global() {
    return global == null ? null : global.policy();
  }

  void acceptShrink() {
    view.acceptShrink();
    if (leader != null) {
      leader.acceptLoss();
    }
    if (global != null) {
      global.acceptLoss();
    }
    sayMembers();
    sayStatus();
  }

  /** What became of names, by host, beyond what objects say themselves. */
  void note(Map<String, List<String>> notes) {
    this.notes = notes;
  }

  Why why(Origin object) {
    Verdict verdict = global == null ? null : global.verdict(object);
    return verdict == null
        ? view.why(object)
        : new Why(
            object,
            true,
            verdict.judged().accepted(),
            verdict.judged().accepted() ? List.of() : List.of(verdict.judged().message()),
            List.of());
  }

  /** What became of GlobalServices and HealthMonitors is written at them, where they are here. */
  void tell(Function<String, Served> served) {
    if (global != null && connection != null && connection.isWatching() && view.isSynced()) {
      global.write(
          connection,
          clock.instant(),
          host -> {
            Served now = served.apply(host);
            return new Served(now.members(), now.clusters(), notes.getOrDefault(host, List.of()));
          });
    }
  }

  /** The members that were said last. */
  List<ImportedMember> said() {
    return said == null ? List.of() : said.members();
  }

  /** Looks whether the watches run. */
  void poll() {
    if (connection != null && connection.isWatching()) {
      missedPolls = 0;
      if (view.isSynced()) {
        loop.execute(this::settle); // behind all that the lists said before the watches began
      }
    } else if (status.connected() && ++missedPolls == MISSED_POLLS) {
      say(false, "the watch ended and cannot be resumed; trying again");
    }
  }

  void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private void startOver() {
    view.startOver();
    gateways.clear();
    if (leader != null) {
      leader.startOver();
    }
    if (global != null) {
      global.startOver();
    }
  }

  private void settle() {
    if (connection == null || !connection.isWatching()) {
      return; // another list has begun meanwhile
    }
    if (view.inDoubt() || leader != null || global != null) {
      view.judge();
      sayMembers();
    }
    sayStatus();
    if (writeEvents) {
      complain(connection);
    }
  }

  private void complain(Connection connection) {
    complaints.look(
        view.complaints(status.skipped(), notes),
        complaint ->
            connection.writeEvent(
                complaint,
                identity(complaint.origin()),
                clock.instant(),
                (reason, forbidden) ->
                    loop.execute(() -> notWritten(complaint, reason, forbidden))));
  }

  private Identity identity(Origin object) {
    Identity ours = global == null ? null : global.identity(object);
    return ours == null ? view.identity(object) : ours;
  }

  private void notWritten(Complaint complaint, String reason, boolean forbidden) {
    if (!forbidden) {
      complaints.unsaid(complaint);
    } else if (complaints.refuse(complaint)) {
      log.info("cluster {}: events are not written: {}", spec.context(), reason);
    }
  }

  private void sayStatus() {
    String held =
        view.held() == 0
            ? ""
            : "; the last list lost %d members, which are held until accepted"
                .formatted(view.held());
    String withheld =
        this.withheld.isEmpty() ? "" : "; may not list " + String.join(", ", this.withheld);
    String policyHeld =
        (leader == null || !leader.isHeld()) && (global == null || !global.isHeld())
            ? ""
            : "; the last list lost the policy, which is held until accepted";
    say(true, "synced, %d objects%s%s%s".formatted(view.objects(), held, policyHeld, withheld));
  }

  private void say(boolean connected, String reason) {
    ClusterStatus before = status;
    Instant since = connected == before.connected() ? before.since() : clock.instant();
    status = new ClusterStatus(spec.context(), connected, since, reason, view.held(), skipped());
    boolean news =
        connected != before.connected()
            || status.held() != before.held()
            || !status.skipped().equals(before.skipped())
            || (!connected && !reason.equals(before.reason()));
    if (news) {
      sink.connection(status);
    }
  }

  private List<Skipped> skipped() {
    return global == null
        ? view.skipped()
        : Stream.concat(global.skipped().stream(), view.skipped().stream())
            .limit(ClusterStatus.MAX_SKIPPED)
            .toList();
  }

  /** Soon, with whatever else changes until then. */
  void sayMembersSoon() {
    if (!saying) {
      saying = true;
      loop.after(pace.coalesce(), this::sayMembers);
    }
  }

  private void sayMembers() {
    saying = false;
    if (!view.isSynced()) {
      return; // half a list is no set
    }
    if (connection != null && connection.isWatching()) {
      judgePolicy(connection);
    }
    List<ImportedMember> members =
        resolveNames ? resolver.resolved(spec.context(), view.members()) : view.members();
    boolean news =
        said == null
            || !said.members().equals(members)
            || !Objects.equals(said.amko(), amko())
            || !Objects.equals(said.global(), global());
    if (policyKnown && news) {
      said = new ClusterMembers(spec.context(), members, clock.instant(), amko(), global());
      sink.imported(said);
    }
  }

  /** AMKO's objects may refer to HealthMonitors, which therefore come first. */
  private void judgePolicy(Connection connection) {
    if (global != null) {
      global.judge(this::hosts, leader == null ? Set.of() : leader.references());
    }
    if (leader != null) {
      if (global != null) {
        leader.know(global.monitors(), global.templates());
      }
      leader.judge(connection);
    }
    if (leader != null || global != null) {
      policyJudged.run();
    }
  }

  /** The hosts of an object that a GlobalService is attached to; null when there is none such. */
  private @Nullable Set<String> hosts(String namespace, Target target) {
    if (!target.kind().equals("Gateway")) {
      return view.hosts(namespace, target.kind(), target.name());
    }
    List<Origin> routes = gateways.routes(namespace + "/" + target.name());
    if (routes == null) {
      return null;
    }
    Set<String> hosts = new TreeSet<>();
    for (Origin route : routes) {
      Set<String> ofRoute = view.hosts(route.namespace(), route.kind(), route.name());
      if (ofRoute != null) {
        hosts.addAll(ofRoute);
      }
    }
    return hosts;
  }

  private List<Kind> kinds(FromConnection from) {
    List<Kind> kinds =
        new ArrayList<>(new Handlers(spec.context(), view, gateways, from::hear).kinds(following));
    if (leader != null) {
      kinds.addAll(leader.kinds(from::hear));
    }
    if (global != null) {
      kinds.addAll(global.kinds(from::hear));
    }
    return kinds;
  }

  /** Brings what a connection says to the agent's thread, and forgets what an old one says. */
  private final class FromConnection implements Connection.Listener {
    private @Nullable Connection from;

    @Override
    public void synced() {
      hear(
          () -> {
            view.synced();
            view.judge();
            sayMembers();
            sayStatus();
          });
    }

    @Override
    public void withheld(List<String> plurals) {
      hear(() -> Cluster.this.withheld = plurals);
    }

    @Override
    public void failed(String reason) {
      hear(() -> say(false, reason));
    }

    private void hear(Runnable word) {
      loop.execute(
          () -> {
            if (from == connection) {
              word.run();
              sayMembersSoon();
            }
          });
    }
  }
}
