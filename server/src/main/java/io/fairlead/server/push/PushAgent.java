package io.fairlead.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.config.AgentSpec;
import io.fairlead.server.concurrent.Threads;
import io.fairlead.server.state.ImportsCodec;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.cluster.MemberSink;
import io.fairlead.sync.cluster.SyncAgent;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.spec.ClusterSpec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows clusters as the server would, from where they can be reached, and pushes what they offer
 * to it. While the server is away the newest sets wait here.
 */
public final class PushAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final AgentSpec spec;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ServerLink server;
  private final Map<String, ClusterMembers> newest = new ConcurrentHashMap<>();
  private final Map<String, ClusterStatus> standing = new ConcurrentHashMap<>();
  private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();

  /** A word that there is something to say; one is enough for whatever has changed. */
  private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);

  private final Thread thread;
  private String trouble = "";
  private Duration wait = FIRST_RETRY;

  private PushAgent(AgentSpec spec, InstantSource clock, RandomGenerator random) {
    this.spec = spec;
    this.clock = clock;
    this.random = random;
    this.server = new ServerLink(spec);
    this.thread = Thread.ofPlatform().name("fairlead-push").unstarted(this::run);
  }

  /** Returns at once; what goes wrong is said and tried again. */
  public static PushAgent start(AgentSpec spec, InstantSource clock, RandomGenerator random) {
    var agent = new PushAgent(spec, clock, random);
    agent.thread.start();
    return agent;
  }

  private void run() {
    try (server;
        SyncAgent clusters =
            SyncAgent.start(spec.sync(), new Sink(), clock, random, insistOnLastKnown())) {
      while (true) {
        for (ClusterSpec cluster : spec.sync().clusters()) {
          insistOnPushing(cluster.context(), clusters);
        }
        var _ = news.poll(Inbox.BEAT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What the server has of each cluster: our first lists are measured by it, so that a cluster that
   * was rebuilt empty while we were away is not believed. Without the server there is nobody to
   * tell.
   */
  private List<ClusterMembers> insistOnLastKnown() throws InterruptedException {
    List<ClusterMembers> known = new ArrayList<>();
    for (ClusterSpec cluster : spec.sync().clusters()) {
      String context = cluster.context();
      JsonNode set = insist(() -> server.members(context)).body();
      if (set.has("at")) {
        known.add(ImportsCodec.decode(set));
      }
    }
    return known;
  }

  private void insistOnPushing(String context, SyncAgent clusters) throws InterruptedException {
    ClusterStatus status = standing.get(context);
    if (status == null) {
      return; // nothing is known yet, not even that it cannot be reached
    }
    ClusterMembers set = newest.get(context);
    Outbox outbox =
        outboxes.computeIfAbsent(
            context, _ -> new Outbox(() -> Long.toHexString(random.nextLong())));
    List<Piece> pieces =
        set == null
            ? List.of(
                new Piece("", 0, true, List.of(), List.of(), clock.instant(), null, null, status))
            : outbox.pieces(set, status);
    for (Piece piece : pieces) {
      if (!push(context, piece, clusters)) {
        outbox.startOver();
        var _ = news.offer(true);
        return;
      }
    }
  }

  /** False where the server does not have it now: it is told all from the beginning. */
  private boolean push(String context, Piece piece, SyncAgent clusters)
      throws InterruptedException {
    ServerLink.Reply reply = tried(() -> server.push(context, piece));
    if (reply != null && reply.body().path("acceptShrink").asBoolean()) {
      clusters.acceptShrink(context);
    }
    return reply != null;
  }

  private ServerLink.Reply insist(Request request) throws InterruptedException {
    while (true) {
      ServerLink.Reply reply = tried(request);
      if (reply != null) {
        return reply;
      }
    }
  }

  /** The good reply; null after a wait, or at once where the server lacks what came before. */
  private ServerLink.@Nullable Reply tried(Request request) throws InterruptedException {
    String reason;
    try {
      ServerLink.Reply reply = request.send();
      if (reply.isGood()) {
        say("");
        wait = FIRST_RETRY;
        return reply;
      }
      if (reply.status() == HttpURLConnection.HTTP_CONFLICT) {
        return null;
      }
      reason = reply.body().path("detail").asText("status " + reply.status());
    } catch (IOException e) {
      reason = String.valueOf(e.getMessage());
    }
    say(reason);
    pause();
    return null;
  }

  private interface Request {
    ServerLink.Reply send() throws IOException, InterruptedException;
  }

  /** Agents that lost one server should not come back in step. */
  private void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.round(wait.toMillis() * (1 + random.nextDouble() / 2)));
    Duration twice = wait.multipliedBy(2);
    wait = twice.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : twice;
  }

  /** Once when it begins, and once when it is over. */
  private void say(String now) {
    if (now.equals(trouble)) {
      return;
    }
    if (now.isEmpty()) {
      LOG.info("pushing to {} works again", spec.server());
    } else {
      LOG.warn("cannot push to {}, trying again: {}", spec.server(), now);
    }
    trouble = now;
  }

  @Override
  public void close() {
    thread.interrupt();
    Threads.join(thread);
  }

  private final class Sink implements MemberSink {
    @Override
    public void imported(ClusterMembers members) {
      newest.put(members.cluster(), members);
      var _ = news.offer(true);
    }

    @Override
    public void connection(ClusterStatus status) {
      ClusterStatus before = standing.put(status.cluster(), status);
      if (before == null || before.connected() != status.connected()) {
        LOG.info("cluster {}: {}", status.cluster(), status.reason());
      }
      var _ = news.offer(true);
    }
  }
}
