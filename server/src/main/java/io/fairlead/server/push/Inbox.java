package io.fairlead.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.spec.ClusterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What agents push, put together again. A cluster whose agent falls silent keeps its members, and
 * is said to be away.
 */
public final class Inbox implements AutoCloseable {
  /** As often an agent is heard, whether or not anything has changed. */
  static final Duration BEAT = Duration.ofSeconds(5);

  private static final Duration SILENCE = BEAT.multipliedBy(3);

  /** Beyond any cluster: what one token may make us keep. */
  static final int MAX_MEMBERS = 200_000;

  /** What became of a piece. */
  public sealed interface Answer {
    /**
     * It counts.
     *
     * @param acceptShrink whether an operator lets go what the agent holds back
     */
    record Taken(boolean acceptShrink) implements Answer {}

    /** Pieces before it are missing here: the agent begins another session. */
    record OutOfTurn() implements Answer {}

    /** It would be too much to keep. */
    record TooMuch() implements Answer {}
  }

  private final Consumer<ControlEvent> control;
  private final InstantSource clock;
  private final Map<String, Stream> streams = new HashMap<>();
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("fairlead-inbox").daemon().factory());

  public Inbox(Consumer<ControlEvent> control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
    var _ =
        watch.scheduleWithFixedDelay(
            this::lookForSilence, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes a piece that an agent has sent.
   *
   * @throws IllegalArgumentException where it is none, and why
   */
  public Answer take(ClusterSpec cluster, JsonNode json) {
    Piece piece = PieceCodec.decode(cluster, json);
    synchronized (this) {
      Stream stream = streams.computeIfAbsent(cluster.context(), Stream::new);
      Answer answer = piece.isStatusAlone() ? stream.taken() : stream.take(piece);
      if (answer instanceof Answer.Taken) {
        stream.heard(piece.status());
      }
      return answer;
    }
  }

  /**
   * Lets go, with the agent's next word, of what it holds back.
   *
   * @return false where no agent of this cluster was heard
   */
  public synchronized boolean acceptShrink(String context) {
    Stream stream = streams.get(context);
    if (stream == null) {
      return false;
    }
    stream.acceptShrink = true;
    return true;
  }

  synchronized void lookForSilence() {
    streams.values().forEach(Stream::lookForSilence);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  /** One cluster's. */
  private final class Stream {
    private final String context;
    private String session = "";
    private long next;
    private Map<Origin, List<ImportedMember>> whole = new TreeMap<>();

    /** Of a change that is not whole yet. */
    private final Map<Origin, List<ImportedMember>> staged = new TreeMap<>();

    private final Set<Origin> removed = new HashSet<>();
    private int stagedMembers;
    private @Nullable ClusterMembers said;
    private @Nullable ClusterStatus status;
    private Instant heard = Instant.EPOCH;
    private boolean acceptShrink;

    Stream(String context) {
      this.context = context;
    }

    Answer taken() {
      boolean accept = acceptShrink;
      acceptShrink = false;
      return new Answer.Taken(accept);
    }

    Answer take(Piece piece) {
      if (piece.number() == 0) {
        begin(piece.session());
      }
      if (!piece.session().equals(session) || piece.number() != next) {
        return new Answer.OutOfTurn();
      }
      int kept = whole.values().stream().mapToInt(List::size).sum();
      if (kept + stagedMembers + piece.members().size() > MAX_MEMBERS) {
        begin("");
        return new Answer.TooMuch();
      }
      next++;
      removed.addAll(piece.removed());
      stagedMembers += piece.members().size();
      for (ImportedMember member : piece.members()) {
        staged.computeIfAbsent(member.origin(), _ -> new ArrayList<>()).add(member);
      }
      if (piece.last()) {
        apply(piece);
      }
      return taken();
    }

    private void begin(String session) {
      this.session = session;
      next = 0;
      whole = new TreeMap<>();
      unstage();
    }

    private void unstage() {
      staged.clear();
      removed.clear();
      stagedMembers = 0;
    }

    private void apply(Piece piece) {
      removed.forEach(whole::remove);
      staged.forEach((origin, members) -> whole.put(origin, List.copyOf(members)));
      unstage();
      List<ImportedMember> members = whole.values().stream().flatMap(List::stream).toList();
      var now = new ClusterMembers(context, members, piece.at(), piece.amko(), piece.global());
      if (!now.equals(said)) {
        said = now;
        control.accept(new ControlEvent.ImportChanged(now));
      }
    }

    void heard(ClusterStatus now) {
      heard = clock.instant();
      say(now);
    }

    private void say(ClusterStatus now) {
      if (!now.equals(status)) {
        status = now;
        control.accept(new ControlEvent.ClusterChanged(now));
      }
    }

    void lookForSilence() {
      Instant now = clock.instant();
      if (status != null && status.connected() && heard.plus(SILENCE).isBefore(now)) {
        say(
            new ClusterStatus(
                context,
                false,
                now,
                "its agent has not been heard for " + SILENCE.toSeconds() + " s",
                status.held(),
                status.skipped()));
      }
    }
  }
}
