package io.fairlead.health.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fairlead.health.probe.Peer;
import io.fairlead.health.schedule.RecordingSink.Change;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real time, real sockets, real servers that die and come back. */
class ProberSocketsTest {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofMillis(400);
  private static final int RISE = 2;
  private static final int FALL = 2;

  /** The figure is 50 ms; the rest is for a build machine that is busy with other things. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private final RecordingSink sink = new RecordingSink(System::nanoTime);
  private final Prober prober =
      Prober.start(sink, InstantSource.system(), new Random(7), "fairlead/test");

  @AfterEach
  void close() {
    prober.close();
    Wait.until(
        "its thread has ended",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("fairlead-probe")));
  }

  @Test
  void aKilledSiteIsDownAndARestartedOneUpInTime() throws Exception {
    HttpServer site = site(0);
    int port = site.getAddress().getPort();
    prober.watch(Set.of(http(site.getAddress())), Map.of());
    Change _ = next(Verdict.UP);

    long killed = System.nanoTime();
    site.stop(0);
    Change down = next(Verdict.DOWN);
    assertThat(down.status().reason()).isEqualTo("refused by 127.0.0.1:" + port);
    assertThat(Duration.ofNanos(down.atNanos() - killed))
        .isLessThan(INTERVAL.multipliedBy(FALL).plus(SLACK));

    long restarted = System.nanoTime();
    site = site(port);
    Change up = next(Verdict.UP);
    assertThat(up.status().reason()).matches("status 200 in \\d+ ms");
    assertThat(Duration.ofNanos(up.atNanos() - restarted))
        .isLessThan(INTERVAL.multipliedBy(RISE).plus(SLACK));
    site.stop(0);
  }

  @Test
  void aSiteThatFallsSilentIsDownInTime() throws Exception {
    var silent = new AtomicBoolean();
    try (var peer =
        new Peer(
            connection -> {
              if (silent.get()) {
                int _ = connection.getInputStream().readAllBytes().length;
              }
              Peer.answers("HTTP/1.1 200 OK\r\n\r\n").serve(connection);
            })) {
      prober.watch(Set.of(http(peer.address())), Map.of());
      Change _ = next(Verdict.UP);

      long fell = System.nanoTime();
      silent.set(true);
      Change down = next(Verdict.DOWN);
      assertThat(down.status().reason()).startsWith("no answer within 400 ms (connected in ");
      assertThat(Duration.ofNanos(down.atNanos() - fell))
          .isLessThan(INTERVAL.multipliedBy(FALL).plus(TIMEOUT).plus(SLACK));
    }
  }

  @Test
  void equalTargetsAreProbedOnceAndRemovedOnesNoMore() throws Exception {
    try (var peer = new Peer(Peer.answers("HTTP/1.1 200 OK\r\n\r\n"))) {
      long began = System.nanoTime();
      prober.watch(Set.of(http(peer.address())), Map.of());
      prober.watch(Set.of(http(peer.address())), Map.of());
      Wait.until("ten probes", () -> peer.accepted() >= 10);
      long rounds = (System.nanoTime() - began) / INTERVAL.toNanos();
      assertThat(peer.accepted()).isLessThanOrEqualTo((int) rounds + 2);

      prober.watch(Set.of(), Map.of());
      Wait.until("probes under way have ended", () -> peer.open() == 0);
      int accepted = peer.accepted();
      try (var other = new Peer(Peer.answers("HTTP/1.1 200 OK\r\n\r\n"))) {
        prober.watch(Set.of(http(other.address())), Map.of());
        Wait.until("rounds of another target", () -> other.accepted() >= 4);
      }
      assertThat(peer.accepted()).isEqualTo(accepted);
    }
  }

  @Test
  void leavesNoConnectionWaitingOnOurSide() throws Exception {
    try (var peer =
        new Peer(
            connection -> {
              Peer.answers("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nall well!")
                  .serve(connection);
              int _ = connection.getInputStream().read();
            })) {
      var tcp =
          new Target(
              peer.address().getAddress(),
              peer.port(),
              new Check.Tcp(),
              INTERVAL,
              TIMEOUT,
              RISE,
              FALL);
      prober.watch(Set.of(http(peer.address()), tcp), Map.of());
      Wait.until("ten probes", () -> peer.accepted() >= 10);
      prober.watch(Set.of(), Map.of());
      Wait.until("all are ended", () -> peer.open() == 0);

      String remotePort = ":%04X".formatted(peer.port());
      List<String> waiting =
          Files.readAllLines(Path.of("/proc/net/tcp")).stream()
              .map(line -> line.strip().split("\\s+"))
              .filter(columns -> columns[2].endsWith(remotePort) && columns[3].equals("06"))
              .map(columns -> String.join(" ", columns))
              .toList();
      assertThat(waiting).isEmpty();
    }
  }

  private Change next(Verdict verdict) throws InterruptedException {
    while (true) {
      Change change = sink.changes.poll(20, TimeUnit.SECONDS);
      if (Objects.requireNonNull(change, "nothing turned " + verdict).status().verdict()
          == verdict) {
        return change;
      }
    }
  }

  private static HttpServer site(int port) throws IOException {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    site.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, -1);
          }
        });
    site.start();
    return site;
  }

  private static Target http(InetSocketAddress address) {
    var check = new Check.Http("GET", "shop.example", "/", List.of(new StatusRange(200, 399)));
    return new Target(
        address.getAddress(), address.getPort(), check, INTERVAL, TIMEOUT, RISE, FALL);
  }
}
