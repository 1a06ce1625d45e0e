package io.fairlead.health.schedule;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.health.probe.Probe;
import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.probe.SocketProbe;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One probe of one target, step by step, for whoever wants to look at it. */
public final class SingleProbe {
  private static final Duration WARM = Duration.ofSeconds(1);

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
          new SocketProbe(loop.events(), new SplittableRandom(random.nextLong()), userAgent, clock);
      warmUp(target, probe, loop);
      probe.follow(steps);
      return start(target, probe, loop).join();
    }
  }

  /**
   * A process that has just begun is slow: what it loads with its first probe would be taken from
   * the timeout. So the first one is of ourselves.
   */
  private static void warmUp(Target target, Probe probe, Loop loop) {
    try (var peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread _ = Thread.ofVirtual().start(() -> answer(peer));
      var ourselves =
          new Target(peer.getInetAddress(), peer.getLocalPort(), target.check(), WARM, WARM, 1, 1);
      if (!(target.check() instanceof Check.External)) {
        ProbeResult _ = start(ourselves, probe, loop).join();
      }
    } catch (IOException _) {
      // no port is free: then the first probe is the real one
    }
  }

  private static void answer(ServerSocket peer) {
    try (Socket connection = peer.accept()) {
      int _ = connection.getInputStream().read(new byte[4096]);
      connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException _) {
      // the probe has left, or came by another way
    }
  }

  private static CompletableFuture<ProbeResult> start(Target target, Probe probe, Loop loop) {
    var result = new CompletableFuture<ProbeResult>();
    loop.execute(() -> start(target, probe, loop, result));
    return result;
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
                            .formatted(target.timeout().toMillis(), attempt.get().giveUp()))));
    attempt.set(
        probe.start(
            target,
            found -> {
              deadline.cancel();
              result.complete(found);
            }));
  }
}
