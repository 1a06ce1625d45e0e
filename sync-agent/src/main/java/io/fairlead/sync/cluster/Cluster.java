package io.fairlead.sync.cluster;

import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.cluster.Connection.Kind;
import io.fairlead.sync.cluster.Kubeconfig.Endpoint;
import io.fairlead.sync.gateway.Gateways;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.merge.Why;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.ShrinkGuard;
import io.fairlead.sync.spec.SyncSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
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

  Cluster(ClusterSpec spec, SyncAgent.Surroundings around, SyncSpec sync, @Nullable Leader leader) {
    this.spec = spec;
    this.loop = around.loop();
    this.pace = around.pace();
    this.sink = around.sink();
    this.policyJudged = around.policyJudged();
    this.clock = around.clock();
    this.random = around.random();
    this.leader = leader;
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

  void acceptShrink() {
    view.acceptShrink();
    if (leader != null) {
      leader.acceptLoss();
    }
    sayMembers();
    sayStatus();
  }

  /** What became of names, by host, beyond what objects say themselves. */
  void note(Map<String, List<String>> notes) {
    this.notes = notes;
  }

  Why why(Origin object) {
    return view.why(object);
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
  }

  private void settle() {
    if (connection == null || !connection.isWatching()) {
      return; // another list has begun meanwhile
    }
    if (view.inDoubt() || leader != null) {
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
                view.identity(complaint.origin()),
                clock.instant(),
                (reason, forbidden) ->
                    loop.execute(() -> notWritten(complaint, reason, forbidden))));
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
        leader == null || !leader.isHeld()
            ? ""
            : "; the last list lost the policy, which is held until accepted";
    say(true, "synced, %d objects%s%s%s".formatted(view.objects(), held, policyHeld, withheld));
  }

  private void say(boolean connected, String reason) {
    ClusterStatus before = status;
    Instant since = connected == before.connected() ? before.since() : clock.instant();
    status =
        new ClusterStatus(spec.context(), connected, since, reason, view.held(), view.skipped());
    boolean news =
        connected != before.connected()
            || status.held() != before.held()
            || !status.skipped().equals(before.skipped())
            || (!connected && !reason.equals(before.reason()));
    if (news) {
      sink.connection(status);
    }
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
    if (leader != null && connection != null && connection.isWatching()) {
      leader.judge(connection);
      policyJudged.run();
    }
    List<ImportedMember> members =
        resolveNames ? resolver.resolved(spec.context(), view.members()) : view.members();
    boolean news =
        said == null || !said.members().equals(members) || !Objects.equals(said.amko(), amko());
    if (policyKnown && news) {
      said = new ClusterMembers(spec.context(), members, clock.instant(), amko());
      sink.imported(said);
    }
  }

  private List<Kind> kinds(FromConnection from) {
    List<Kind> kinds =
        new ArrayList<>(new Handlers(spec.context(), view, gateways, from::hear).kinds(following));
    if (leader != null) {
      kinds.addAll(leader.kinds(from::hear));
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
