package io.fairlead.server.admin.http;

import java.util.List;

/**
 * Where a stream of server-sent events comes from. A stream asks for what is next when it can be
 * sent, so that a slow reader grows nothing.
 */
public interface Feed {
  /**
   * One event.
   *
   * @param id greater than that of each before
   * @param data on one line
   */
  record Frame(long id, String event, String data) {}

  /** At most so many after this id, in order. */
  List<Frame> after(long id, int atMost);

  /** The id of the newest. */
  long last();

  /** The id before the oldest that is kept. */
  long forgotten();

  /**
   * Has something run when there is more; it does not block.
   *
   * @return ends that
   */
  Runnable follow(Runnable more);
}
