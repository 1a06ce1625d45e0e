package io.fairlead.health.schedule;

import io.fairlead.health.probe.Probe;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.probe.SocketProbe;
import io.fairlead.health.spec.Target;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One probe of one target, step by step, for whoever wants to look at it. */
public final class SingleProbe {
  private SingleProbe() {}

  /**
   * Probes, as the server would; blocks until it is over.
   *
   * @param steps told of each step, on another thread
   */
  public static ProbeResult of(
      Target target,
      InstantSource clock,
      RandomGenerator random,
      String userAgent,
      Consumer<String> steps) {
    try (var loop = new NettyLoop()) {
      var probe =
          new SocketProbe(
              loop.events(), new SplittableRandom(random.nextLong()), userAgent, clock);
      probe.follow(steps);
      var result = new CompletableFuture<ProbeResult>();
      loop.execute(() -> start(target, probe, loop, result));
      return result.join();
    }
  }

  private static void start(
      Target target, Probe probe, Loop loop, CompletableFuture<ProbeResult> result) {
    var attempt = new AtomicReference<Probe.Attempt>();
    Loop.Timer deadline =
        loop.schedule(
            target.timeout().toNanos(),
            () ->
                result.complete(
                    new ProbeResult.Failed(
                        "no answer within %d ms (%s)"
                            .formatted(
                                target.timeout().toMillis(), attempt.get().giveUp()))));
    attempt.set(
        probe.start(
            target,
            found -> {
              deadline.cancel();
              result.complete(found);
            }));
  }
}
