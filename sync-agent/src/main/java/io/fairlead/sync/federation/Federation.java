package io.fairlead.sync.federation;

import io.fairlead.sync.spec.AmkoSpec;
import io.fairlead.sync.spec.ClusterSpec;
import io.fairlead.sync.spec.SyncSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Federation of AMKO's objects by an AMKOCluster in this node's cluster, on a thread of its own;
 * nothing else waits for it.
 */
public final class Federation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Federation.class);

  /** Half of what AMKO waits between attempts. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** So that one dead cluster leaves time to renew the Leases of the others. */
  private static final Duration REQUEST = Duration.ofSeconds(3);

  private final String home;
  private final List<String> contexts;
  private final ClusterApis apis;
  private final Federator federator;
  private final ScheduledThreadPoolExecutor thread;

  private Federation(
      SyncSpec spec, AmkoSpec amko, String node, InstantSource clock, Duration look) {
    home = amko.leader();
    contexts = spec.clusters().stream().map(ClusterSpec::context).toList();
    apis = new ClusterApis(spec.kubeconfig(), REQUEST);
    var self = new Claimant(home, node.replace('/', '-'));
    federator = new Federator(self, apis, clock, look.multipliedBy(Fence.LOOKS));
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sync-federation").factory());
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    var _ = thread.scheduleAtFixedRate(this::look, 0, look.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether these settings ask for federation: it writes, and so does not where nothing may be. */
  public static boolean isWanted(SyncSpec spec) {
    return spec.amko() != null && spec.amko().writeStatus();
  }

  /**
   * Begins to look.
   *
   * @param spec has an {@link AmkoSpec}: its leader is this node's cluster
   * @param node this node's name, which tells it from others of the same cluster
   */
  public static Federation start(SyncSpec spec, String node, InstantSource clock) {
    return start(spec, node, clock, LOOK);
  }

  static Federation start(SyncSpec spec, String node, InstantSource clock, Duration look) {
    return new Federation(spec, Objects.requireNonNull(spec.amko()), node, clock, look);
  }

  public FederationStatus status() {
    return federator.status();
  }

  /**
   * What a promotion has done.
   *
   * @param demoted clusters that led, and do not now
   * @param unreached why others could not be asked, by cluster
   */
  public record Promotion(String promoted, List<String> demoted, Map<String, String> unreached) {}

  /** A promotion that cannot be, and why; nothing was changed. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason);
    }
  }

  /**
   * Makes a cluster the leader: first nobody leads, then it does. Blocks for as long as the
   * clusters take to answer.
   */
  public synchronized Promotion promote(String context) throws Refused {
    if (!contexts.contains(context)) {
      throw new Refused(
          "no cluster %s; there are: %s".formatted(context, String.join(", ", contexts)));
    }
    AmkoCluster target = only(context);
    List<String> demoted = new ArrayList<>();
    Map<String, String> unreached = new LinkedHashMap<>();
    for (String other : contexts) {
      if (!other.equals(context)) {
        try {
          ClusterApi api = apis.of(other);
          for (AmkoCluster object : api.amkoClusters()) {
            if (object.leader()) {
              api.setLeader(object, false);
              demoted.add(other);
            }
          }
        } catch (RuntimeException e) {
          unreached.put(other, apis.reason(other, e));
        }
      }
    }
    try {
      apis.of(context).setLeader(target, true);
    } catch (RuntimeException e) {
      throw new Refused(
          "%s cannot be promoted: %s%s"
              .formatted(
                  context,
                  apis.reason(context, e),
                  demoted.isEmpty() ? "" : "; nobody leads now, " + demoted + " did"));
    }
    return new Promotion(context, demoted, unreached);
  }

  private AmkoCluster only(String context) throws Refused {
    List<AmkoCluster> objects;
    try {
      apis.refresh();
      objects = apis.of(context).amkoClusters();
    } catch (RuntimeException e) {
      throw new Refused("%s cannot be reached: %s".formatted(context, apis.reason(context, e)));
    }
    if (objects.size() != 1) {
      throw new Refused(
          "%s has %s AMKOCluster in avi-system: promotion sets isLeader of the only one"
              .formatted(context, objects.isEmpty() ? "no" : "more than one"));
    }
    return objects.getFirst();
  }

  private void look() {
    try {
      federator.look();
    } catch (RuntimeException e) { // the edge of the thread: one look's mistake is not the next's
      log.error("federation of {} failed", home, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    Thread.ofVirtual().name("sync-federation-close").start(apis::close);
  }
}
