package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.cluster.MemberSink;
import io.fairlead.sync.cluster.SyncAgent;
import io.fairlead.sync.federation.Federation;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.Why;
import io.fairlead.sync.spec.SyncSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The agent that follows clusters, while the configuration names any, and federation with it. The
 * control thread uses it, and whoever stops the server ends it: an agent that control starts
 * afterwards would never end.
 */
public final class Imports implements AutoCloseable {
  private final Consumer<ControlEvent> control;
  private final InstantSource clock;
  private final RandomGenerator random;
  private @Nullable SyncAgent agent;
  private @Nullable Federation federation;
  private @Nullable SyncSpec followed;
  private List<String> noted = List.of();
  private boolean closed;

  public Imports(Consumer<ControlEvent> control, InstantSource clock, RandomGenerator random) {
    this.control = control;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Follows the clusters of the model's configuration from now on; connections that stay the same
   * are kept.
   */
  public synchronized void follow(Model model) {
    if (closed) {
      return;
    }
    FairleadConfig config = model.config();
    SyncSpec told = config == null ? null : config.sync();
    SyncSpec sync = told == null ? null : told.connected();
    if (sync == null || sync.clusters().isEmpty()) {
      endAgent();
    } else if (agent == null) {
      agent = SyncAgent.start(sync, new Sink(), clock, random, model.imports().values());
    } else if (!sync.equals(followed)) {
      agent.reconfigure(sync);
    }
    if (!Objects.equals(sync, followed)) {
      endFederation();
    }
    if (config != null && sync != null && federation == null && Federation.isWanted(sync)) {
      federation = Federation.start(sync, config.node().name(), clock);
    }
    followed = sync;
  }

  /** Null where the configuration asks for none. */
  public synchronized @Nullable Federation federation() {
    return federation;
  }

  /** Says at the objects what of them is not served, as the plan's notes have it. */
  public synchronized void note(List<String> notes) {
    if (agent != null && !notes.equals(noted)) {
      agent.note(notes.stream().collect(Collectors.groupingBy(Plan::hostOf)));
      noted = notes;
    }
  }

  /** Why an object offers what it does; null where nothing is imported from such a cluster. */
  public synchronized @Nullable Future<Why> why(ImportedMember.Origin object) {
    return agent == null ? null : agent.why(object);
  }

  /**
   * Lets go of the members that a cluster's last list lost.
   *
   * @return false where nothing is imported from such a cluster
   */
  public synchronized boolean acceptShrink(String context) {
    return agent != null && agent.acceptShrink(context);
  }

  @Override
  public synchronized void close() {
    closed = true;
    endAgent();
    endFederation();
  }

  private void endFederation() {
    if (federation != null) {
      federation.close();
      federation = null;
    }
  }

  private void endAgent() {
    if (agent != null) {
      agent.close();
      agent = null;
      noted = List.of();
    }
  }

  private final class Sink implements MemberSink {
    @Override
    public void imported(ClusterMembers members) {
      control.accept(new ControlEvent.ImportChanged(members));
    }

    @Override
    public void connection(ClusterStatus status) {
      control.accept(new ControlEvent.ClusterChanged(status));
    }
  }
}
