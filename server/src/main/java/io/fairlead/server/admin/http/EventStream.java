package io.fairlead.server.admin.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One stream of server-sent events to one reader. It sends while the reader takes, remembers how
 * far it has come, and ends when he takes nothing for long.
 */
final class EventStream {
  /** Keeps proxies and our own idle limit from ending a quiet stream. */
  private static final long BEAT_MILLIS = 10_000;

  /** A reader whose queue is full at so many beats in a row is gone or stuck. */
  private static final int PATIENCE_BEATS = 2;

  private static final int QUEUE_LIMIT = 1 << 16;
  private static final int BATCH = 64;

  private final Vertx vertx;
  private final Context loop;
  private final HttpServerResponse response;
  private final Feed feed;
  private final AtomicBoolean woken = new AtomicBoolean();
  private long sent;
  private int fullBeats;

  EventStream(RoutingContext context, Feed feed, long since) {
    this.vertx = context.vertx();
    this.loop = vertx.getOrCreateContext();
    this.response = context.response();
    this.feed = feed;
    this.sent = since;
  }

  void start(Runnable ended) {
    response.setChunked(true).setWriteQueueMaxSize(QUEUE_LIMIT);
    response
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        // Said, so that nobody compresses: a compressor may hold an event back.
        .putHeader("Content-Encoding", "identity");
    Runnable unfollow = feed.follow(this::wake);
    long beat = vertx.setPeriodic(BEAT_MILLIS, _ -> beat());
    response.closeHandler(
        _ -> {
          vertx.cancelTimer(beat);
          unfollow.run();
          ended.run();
        });
    response.drainHandler(_ -> pump());
    write(": fairlead\n\n");
    sayGap();
    pump();
  }

  /** Called by whoever has added an event, on any thread. */
  private void wake() {
    if (woken.compareAndSet(false, true)) {
      loop.runOnContext(
          _ -> {
            woken.set(false);
            pump();
          });
    }
  }

  private void pump() {
    while (!response.closed() && !response.writeQueueFull()) {
      sayGap();
      List<Feed.Frame> frames = feed.after(sent, BATCH);
      if (frames.isEmpty()) {
        return;
      }
      var text = new StringBuilder();
      frames.forEach(frame -> append(text, frame));
      sent = frames.getLast().id();
      write(text.toString());
    }
  }

  /** What the reader has missed for good: he should look at the whole again. */
  private void sayGap() {
    long forgotten = feed.forgotten();
    if (sent != 0 && sent < forgotten) {
      var text = new StringBuilder();
      append(text, new Feed.Frame(forgotten, "gap", "{\"after\":" + sent + "}"));
      sent = forgotten;
      write(text.toString());
    }
  }

  private static void append(StringBuilder text, Feed.Frame frame) {
    text.append("id: ").append(frame.id()).append('\n');
    text.append("event: ").append(frame.event()).append('\n');
    text.append("data: ").append(frame.data()).append("\n\n");
  }

  private void write(String text) {
    var _ = response.write(text);
  }

  private void beat() {
    if (!response.writeQueueFull()) {
      fullBeats = 0;
      write(": beat\n\n");
    } else if (++fullBeats >= PATIENCE_BEATS) {
      var _ = response.reset();
    }
  }
}
