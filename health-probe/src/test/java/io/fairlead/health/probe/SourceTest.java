package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.schedule.Prober;
import io.fairlead.health.schedule.Wait;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Place;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where probes come from, and how little of a connection they may need. */
class SourceTest {
  private static final InetAddress OWN = InetAddress.ofLiteral("127.3.2.1");
  private static final Check HTTP =
      new Check.Http("GET", "shop.example", "/", List.of(new StatusRange(200, 399)));

  @Test
  void aConnectionComesFromTheSource() {
    var from = new CompletableFuture<InetAddress>();
    try (var peer =
        new Peer(
            connection -> {
              from.complete(connection.getInetAddress());
              Peer.answers("HTTP/1.1 200 OK\r\n\r\n").serve(connection);
            })) {
      assertThat(probe(peer.address(), HTTP, List.of(OWN)).reason()).startsWith("status 200");
      assertThat(from.join()).isEqualTo(OWN);
    }
  }

  @Test
  void aDatagramDoesToo() throws IOException {
    try (var peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      var from = new CompletableFuture<InetAddress>();
      Thread _ = Thread.ofVirtual().start(() -> answerOne(peer, from));
      var to = new InetSocketAddress(peer.getLocalAddress(), peer.getLocalPort());

      assertThat(probe(to, new Check.Udp("ping", null), List.of(OWN)).reason())
          .startsWith("answered");
      assertThat(from.join()).isEqualTo(OWN);
    }
  }

  /** A monitor has members of both families, and one source may be for the other. */
  @Test
  void aSourceOfTheOtherFamilyIsNotUsed() {
    try (var peer = new Peer(Peer.answers("HTTP/1.1 200 OK\r\n\r\n"))) {
      assertThat(probe(peer.address(), HTTP, List.of(InetAddress.ofLiteral("::1"))).reason())
          .startsWith("status 200");
    }
  }

  @Test
  void pingDoesToo() {
    var loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    assertThat(probe(loopback, new Check.Ping(), List.of(OWN)).reason()).startsWith("answered");
  }

  /** Of TEST-NET-1 (RFC 5737): no machine has it, and nothing is sent from it. */
  @Test
  void aSourceThatIsNotOursSaysNothingOfTheTarget() {
    try (var peer = new Peer(Peer.answers("HTTP/1.1 200 OK\r\n\r\n"))) {
      Target target = target(peer.address(), HTTP, List.of(InetAddress.ofLiteral("192.0.2.9")));
      try (var prober =
          Prober.start(new Sink(), InstantSource.system(), new Random(1), "fairlead/test")) {
        prober.watch(Set.of(target), Map.of());
        Wait.until("a probe that does not count", () -> prober.counts().notCounted() > 0);
        assertThat(Objects.requireNonNull(prober.status(target)).reason())
            .startsWith("not probed: from 192.0.2.9: ");
      }
    }
  }

  /**
   * The listener accepts what was opened, and the half-open probe is not among it. The last visitor
   * shows that the listener would have told.
   */
  @Test
  void aHalfOpenProbeIsNoticedByNobody() throws IOException {
    try (var listener = new ServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"))) {
      var at = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
      for (int i = 0; i < 5; i++) {
        assertThat(probe(at, new Check.HalfOpen(), List.of()).reason())
            .matches("answered, not opened in \\d+ ms");
      }
      try (var last = new Socket(at.getAddress(), at.getPort());
          Socket first = listener.accept()) {
        assertThat(first.getPort()).isEqualTo(last.getLocalPort());
      }
    }
  }

  @Test
  void aHalfOpenProbeIsRefusedAsAWholeOne() throws IOException {
    InetSocketAddress nobody;
    try (var listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      nobody = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }
    assertThat(probe(nobody, new Check.HalfOpen(), List.of()).reason())
        .isEqualTo("refused by 127.0.0.1:" + nobody.getPort());
  }

  private static void answerOne(DatagramSocket peer, CompletableFuture<InetAddress> from) {
    try {
      var packet = new DatagramPacket(new byte[64], 64);
      peer.receive(packet);
      from.complete(packet.getAddress());
      packet.setData("pong".getBytes(US_ASCII));
      peer.send(packet);
    } catch (IOException e) {
      from.completeExceptionally(e);
    }
  }

  private static TargetStatus probe(InetSocketAddress at, Check check, List<InetAddress> source) {
    var sink = new Sink();
    try (var prober = Prober.start(sink, InstantSource.system(), new Random(1), "fairlead/test")) {
      prober.watch(Set.of(target(at, check, source)), Map.of());
      return sink.first.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
    }
  }

  private static Target target(InetSocketAddress at, Check check, List<InetAddress> source) {
    return new Target(
        new Place.Address(at.getAddress()),
        at.getPort(),
        check,
        Duration.ofHours(1),
        OneProbe.PATIENT,
        1,
        1,
        source);
  }

  private static final class Sink implements HealthSink {
    private final CompletableFuture<TargetStatus> first = new CompletableFuture<>();

    @Override
    public void changed(Target target, TargetStatus status) {
      first.complete(status);
    }

    @Override
    public void firstRoundDone() {}
  }
}
