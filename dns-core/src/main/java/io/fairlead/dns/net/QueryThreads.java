package io.fairlead.dns.net;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.PacketHandler;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Netty's event loops, and what each of them has to itself. */
final class QueryThreads {
  /** For a thread to see that it is over; its sockets are closed by then. */
  static final Duration THREAD_END = Duration.ofSeconds(1);

  /**
   * Connections that may make the server hold memory, over all threads. Each holds at most two
   * messages in, and replies of 48 KiB and one message out: 256 hold 60 MB.
   */
  private static final int MAX_HOLDERS = 256;

  private final MultiThreadIoEventLoopGroup loops;
  private final Map<EventExecutor, QueryThread> threads = new LinkedHashMap<>();

  /**
   * @param name such as {@code fairlead-tcp}, for the threads fairlead-tcp-1 and so on
   */
  QueryThreads(
      String name,
      int count,
      NettyTransport transport,
      PacketHandler handler,
      Counters counters,
      NetCounts counts,
      Faults faults) {
    loops = new MultiThreadIoEventLoopGroup(count, new Named(name), transport.ioHandlers());
    for (EventExecutor loop : loops) {
      var holders = new Holders(Math.max(16, MAX_HOLDERS / count));
      threads.put(
          loop,
          new QueryThread(
              handler, counters.newTally(), counts, faults, holders, Ticker.systemTicker()));
    }
  }

  MultiThreadIoEventLoopGroup loops() {
    return loops;
  }

  List<IoEventLoop> inOrder() {
    return threads.keySet().stream().map(IoEventLoop.class::cast).toList();
  }

  QueryThread of(IoEventLoop loop) {
    QueryThread thread = threads.get(loop);
    if (thread == null) {
      throw new IllegalStateException("an event loop that is not of these");
    }
    return thread;
  }

  /** Ends the threads and frees their memory; their channels are closed by then. */
  void close() {
    var _ = loops.shutdownGracefully(0, THREAD_END.toMillis(), TimeUnit.MILLISECONDS);
    if (loops.terminationFuture().awaitUninterruptibly(THREAD_END.toMillis())) {
      threads.values().forEach(QueryThread::close);
    } // else a handler has not returned, and may still write into its memory
  }

  /** Says on each thread what it is. */
  private static final class Named extends DefaultThreadFactory {
    private final String name;
    private int made;

    private Named(String name) {
      super(name);
      this.name = name;
    }

    @Override
    protected Thread newThread(Runnable runnable, String ignored) {
      return super.newThread(runnable, name + "-" + ++made);
    }
  }
}
