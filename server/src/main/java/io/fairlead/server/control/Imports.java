package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.cluster.MemberSink;
import io.fairlead.sync.cluster.SyncAgent;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.spec.SyncSpec;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The agent that follows clusters, while the configuration names any. The control thread uses it,
 * and whoever stops the server ends it: an agent that control starts afterwards would never end.
 */
public final class Imports implements AutoCloseable {
  private final Consumer<ControlEvent> control;
  private final InstantSource clock;
  private final RandomGenerator random;
  private @Nullable SyncAgent agent;
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
    SyncSpec sync = config == null ? null : config.sync();
    if (sync == null) {
      endAgent();
    } else if (agent == null) {
      agent = SyncAgent.start(sync, new Sink(), clock, random, model.imports().values());
    } else {
      agent.reconfigure(sync);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    endAgent();
  }

  private void endAgent() {
    if (agent != null) {
      agent.close();
      agent = null;
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
