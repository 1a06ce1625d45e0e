package io.fairlead.server.admin.http;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Open streams of server-sent events, not too many. All of it is on the one event loop. */
final class EventStreams {
  /** From where on, for those who cannot send a Last-Event-ID at first; 0 = all that is kept. */
  static final String SINCE = "since";

  /** More than there are operators; each costs a connection and at most its write queue. */
  static final int MAX_STREAMS = 100;

  private static final int RETRY_SECONDS = 30;

  private int open;

  void open(RoutingContext context, Call call, Feed feed) {
    long since = since(call, feed);
    if (open >= MAX_STREAMS) {
      Reply reply =
          new Refusal(Status.UNAVAILABLE, MAX_STREAMS + " streams are open, no more are allowed")
              .reply()
              .with("Retry-After", Integer.toString(RETRY_SECONDS));
      // Who asks for streams in such numbers must not keep operators from a connection.
      Paths.sendAndClose(context, reply);
      return;
    }
    open++;
    new EventStream(context, feed, since).start(() -> open--);
  }

  private static long since(Call call, Feed feed) {
    String header = call.header("Last-Event-ID");
    String text = header != null ? header : call.query(SINCE);
    if (text == null) {
      return feed.last();
    }
    long number = number(text);
    // What is to come is nobody's last one: our clock went back. All that is kept is news to him.
    return number <= feed.last() ? number : 0;
  }

  private static long number(String text) {
    @Nullable Long number = null;
    try {
      number = Long.valueOf(text);
    } catch (NumberFormatException e) {
      // is refused below, like a negative one
    }
    if (number == null || number < 0) {
      throw Refusal.badRequest(
          "\"%s\" is no number of an event; allowed: 0 for all that is kept, or the last one that"
                  .formatted(text)
              + " you have");
    }
    return number;
  }
}
