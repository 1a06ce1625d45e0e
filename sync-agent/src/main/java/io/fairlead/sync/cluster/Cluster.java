package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.cluster.Connection.Kind;
import io.fairlead.sync.cluster.Connection.ObjectHandler;
import io.fairlead.sync.cluster.Kubeconfig.Endpoint;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.IngressReader;
import io.fairlead.sync.object.ObjectReader;
import io.fairlead.sync.object.Reading;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.ImportPolicy;
import io.fairlead.sync.spec.SyncSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One cluster: its connection, what is known of it, and what was said of it. Lives on the agent's
 * thread; only {@link #status()} may be called from others.
 */
final class Cluster {
  /** A watch that ends is taken up again within a second or two; only a longer gap is a loss. */
  private static final int MISSED_POLLS = 5;

  private final ClusterSpec spec;
  private final Loop loop;
  private final Pace pace;
  private final MemberSink sink;
  private final Runnable policyJudged;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ClusterView view;

  /** Null where AMKO's objects are not the policy, or are elsewhere. */
  private final @Nullable Leader leader;

  private Following following;
  private @Nullable Connection connection;
  private @Nullable ClusterMembers said;

  /** False while AMKO's objects are the policy and nothing is known of them. */
  private boolean policyKnown;

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
    this.view = new ClusterView(spec, sync.policy(), sync.maxShrink());
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
  void select(ImportPolicy policy, double maxShrink) {
    policyKnown = true;
    view.reconfigure(policy, maxShrink);
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
  }

  private void sayStatus() {
    String held =
        view.held() == 0
            ? ""
            : "; the last list lost %d members, which are held until accepted"
                .formatted(view.held());
    String policyHeld =
        leader == null || !leader.isHeld()
            ? ""
            : "; the last list lost the policy, which is held until accepted";
    say(true, "synced, %d objects%s%s".formatted(view.objects(), held, policyHeld));
  }

  private void say(boolean connected, String reason) {
    ClusterStatus before = status;
    Instant since = connected == before.connected() ? before.since() : clock.instant();
    status =
        new ClusterStatus(spec.context(), connected, since, reason, view.held(), view.skipped());
    boolean news =
        connected != before.connected()
            || status.held() != before.held()
            || (!connected && !reason.equals(before.reason()));
    if (news) {
      sink.connection(status);
    }
  }

  /** Soon, with whatever else changes until then. */
  private void sayMembersSoon() {
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
    List<ImportedMember> members = view.members();
    boolean news =
        said == null || !said.members().equals(members) || !Objects.equals(said.amko(), amko());
    if (policyKnown && news) {
      said = new ClusterMembers(spec.context(), members, clock.instant(), amko());
      sink.imported(said);
    }
  }

  private List<Kind> kinds(FromConnection from) {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(new Kind(Kinds.INGRESS, false, from.objects(new IngressReader())));
    if (following.namespaces()) {
      kinds.add(new Kind(Kinds.NAMESPACE, false, from.namespaces()));
    }
    if (following.hostRules()) {
      kinds.add(new Kind(Kinds.HOST_RULE, true, from.hostRules()));
    }
    if (leader != null) {
      kinds.addAll(leader.kinds(from::hear));
    }
    return kinds;
  }

  /** Which kinds beside the objects themselves are needed to say what is offered. */
  private record Following(boolean namespaces, boolean hostRules) {
    static Following of(SyncSpec sync) {
      boolean amko = sync.amko() != null;
      return new Following(
          amko || !sync.policy().namespaceSelector().isEmpty(),
          amko || sync.policy().customGlobalFqdn());
    }
  }

  /** Objects come in shapes that nobody foresaw: one that breaks its reader is one problem more. */
  private static Reading readSafely(
      ObjectReader reader, Origin origin, GenericKubernetesResource object) {
    try {
      return reader.read(origin, object);
    } catch (RuntimeException e) {
      return new Reading(origin, Map.of(), List.of(), List.of("cannot be read: " + e));
    }
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
    public void failed(String reason) {
      hear(() -> say(false, reason));
    }

    ObjectHandler objects(ObjectReader reader) {
      return new ObjectHandler() {
        @Override
        public void present(GenericKubernetesResource object, boolean listed) {
          Reading reading = readSafely(reader, origin(object), object);
          hear(() -> view.put(reading, listed));
        }

        @Override
        public void gone(GenericKubernetesResource stub, boolean listed) {
          Origin origin = origin(stub);
          hear(() -> view.remove(origin, listed));
        }

        private Origin origin(GenericKubernetesResource object) {
          String namespace = object.getMetadata().getNamespace();
          return new Origin(
              spec.context(),
              namespace == null ? "" : namespace,
              reader.kind(),
              object.getMetadata().getName());
        }
      };
    }

    ObjectHandler namespaces() {
      return new ObjectHandler() {
        @Override
        public void present(GenericKubernetesResource object, boolean listed) {
          Map<String, String> labels = object.getMetadata().getLabels();
          hear(() -> view.namespace(name(object), labels == null ? Map.of() : labels, listed));
        }

        @Override
        public void gone(GenericKubernetesResource stub, boolean listed) {
          hear(() -> view.namespace(name(stub), null, listed));
        }

        private String name(GenericKubernetesResource object) {
          return object.getMetadata().getName();
        }
      };
    }

    ObjectHandler hostRules() {
      return new ObjectHandler() {
        @Override
        public void present(GenericKubernetesResource object, boolean listed) {
          hear(() -> view.hostRule(object, listed));
        }

        @Override
        public void gone(GenericKubernetesResource stub, boolean listed) {
          hear(() -> view.hostRuleGone(stub, listed));
        }
      };
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
