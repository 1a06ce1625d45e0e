package io.fairlead.health.schedule;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.fairlead.health.probe.Sockets;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;

/** A real thread with real time, whose sockets are Netty's. */
final class NettyLoop implements Loop {
  private static final long CLOSE_LIMIT_SECONDS = 2;

  private static final ThreadFactory PROBE_THREAD =
      work -> new FastThreadLocalThread(work, "fairlead-probe");

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, PROBE_THREAD, Sockets.best().ioHandlers());
  private final EventLoop events = group.next();

  EventLoop events() {
    return events;
  }

  @Override
  public long nanoTime() {
    return events.ticker().nanoTime();
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    var scheduled = events.schedule(task, delayNanos, NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public void execute(Runnable task) {
    events.execute(task);
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, SECONDS);
    if (!events.inEventLoop()) {
      boolean _ = group.terminationFuture().awaitUninterruptibly(CLOSE_LIMIT_SECONDS, SECONDS);
    }
  }
}
