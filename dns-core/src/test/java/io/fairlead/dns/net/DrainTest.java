package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.framed;
import static io.fairlead.dns.net.Messages.framedQueries;
import static io.fairlead.dns.net.Messages.id;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.Messages.replyOf;
import static io.fairlead.dns.net.NetCounter.TCP_OPEN;
import static io.fairlead.dns.net.NetCounter.TCP_RECEIVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.query.PacketHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A stop loses nothing that has been received, and never takes longer than it may. */
@EachWire
final class DrainTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);

  private final Wire wire;

  DrainTest(Wire wire) {
    this.wire = wire;
  }

  /** The query threads stand still until the latch opens, and all pile up in the kernel. */
  private static PacketHandler behind(CountDownLatch latch) {
    return (query, length, reply, exchange) -> {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return ECHO.respond(query, length, reply, exchange);
    };
  }

  private static Thread drainElsewhere(DnsListener listener) {
    Thread drain = Thread.ofPlatform().start(() -> listener.drain(AMPLE));
    Await.until("it waits for the sockets", () -> drain.getState() == Thread.State.TIMED_WAITING);
    return drain;
  }

  @Test
  void datagramsThatWereReceivedAreAnswered() throws Exception {
    var latch = new CountDownLatch(1);
    try (var served = new Served(wire, behind(latch));
        var client = new UdpClient(served.udp());
        var client6 = new UdpClient(served.udp6())) {
      for (int id = 0; id < 1000; id++) {
        client.send(query(id));
        client6.send(query(id));
      }
      Thread drain = drainElsewhere(served.listener);
      latch.countDown();
      for (UdpClient each : new UdpClient[] {client, client6}) {
        var answered = new BitSet();
        while (answered.cardinality() < 1000) {
          answered.set(id(each.receive()));
        }
      }
      drain.join();
    }
  }

  @Test
  void messagesThatWereReceivedAreAnswered() throws Exception {
    var latch = new CountDownLatch(1);
    try (var served = new Served(wire, behind(latch));
        var first = new TcpClient(served.tcp());
        var second = new TcpClient(served.tcp6())) {
      for (TcpClient client : new TcpClient[] {first, second}) {
        client.send(framedQueries(100));
      }
      Thread drain = drainElsewhere(served.listener);
      latch.countDown();
      for (TcpClient client : new TcpClient[] {first, second}) {
        for (int id = 0; id < 100; id++) {
          assertThat(client.receive()).isEqualTo(echoOf(query(id)));
        }
        assertThat(client.isClosedByServer()).isTrue();
      }
      drain.join();
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  /** More than are accepted at once, so that some wait in the kernel with their query. */
  @Test
  void connectionsThatWaitToBeAcceptedAreAnswered() throws Exception {
    var latch = new CountDownLatch(1);
    var clients = new ArrayList<TcpClient>();
    var oneThread = Served.spec(1, TcpLimits.DEFAULT);
    try (var served = new Served(wire, oneThread, behind(latch))) {
      for (int i = 0; i < 3 * Acceptor.BATCH; i++) {
        var client = new TcpClient(served.tcp());
        clients.add(client);
        client.send(framed(query(i)));
      }
      Thread drain = drainElsewhere(served.listener);
      latch.countDown();
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).receive()).isEqualTo(echoOf(query(i)));
        assertThat(clients.get(i).isClosedByServer()).isTrue();
      }
      drain.join();
    } finally {
      for (TcpClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aSlowReaderGetsAllOfItsReplies() throws Exception {
    try (var served = new Served(wire, replyOf(Exchange.MAX_MESSAGE));
        var client = new TcpClient(served.tcp())) {
      client.send(framedQueries(300)); // 20 MB: more than the two kernels hold
      Await.until("replies wait", () -> served.listener.count(TCP_RECEIVED) > 0);
      Thread drain = drainElsewhere(served.listener);
      for (int id = 0; id < 300; id++) {
        assertThat(id(client.receive())).isEqualTo(id);
      }
      assertThat(client.isClosedByServer()).isTrue();
      drain.join();
    }
  }

  @Test
  void theRestOfAMessageUnderWayIsWaitedFor() throws Exception {
    try (var served = new Served(wire, ECHO);
        var client = new TcpClient(served.tcp())) {
      byte[] frame = framed(query(1));
      client.send(framed(query(0)));
      client.send(Arrays.copyOf(frame, 20));
      client.receive();
      Thread drain = drainElsewhere(served.listener);
      client.send(Arrays.copyOfRange(frame, 20, frame.length));
      assertThat(client.receive()).isEqualTo(echoOf(query(1)));
      assertThat(client.isClosedByServer()).isTrue();
      drain.join();
    }
  }

  @Test
  void nobodyNewIsAccepted() throws IOException {
    try (var served = new Served(wire, ECHO)) {
      served.listener.drain(AMPLE);
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new TcpClient(served.tcp()));
    }
  }

  @Test
  void idleConnectionsDelayNothing() throws IOException {
    try (var served = new Served(wire, ECHO);
        var client = new TcpClient(served.tcp())) {
      client.ask(query(1));
      assertThat(timeToDrain(served, AMPLE)).isLessThan(AMPLE.dividedBy(2));
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aMessageThatNeverEndsIsGivenUpAtTheBound() throws IOException {
    try (var served = new Served(wire, ECHO);
        var client = new TcpClient(served.tcp())) {
      client.send(Arrays.copyOf(framed(query(1)), 20));
      served.awaitCount(TCP_OPEN, 1);
      assertThat(timeToDrain(served, Duration.ofMillis(300)))
          .isBetween(Duration.ofMillis(250), Duration.ofSeconds(10));
      assertThat(client.isClosedByServer()).isTrue();
      served.awaitCount(TCP_OPEN, 0);
    }
  }

  @Test
  void aHandlerThatNeverReturnsIsGivenUpAtTheBound() throws IOException {
    var never = new CountDownLatch(1);
    try (var served = new Served(wire, behind(never));
        var client = new UdpClient(served.udp())) {
      client.send(query(1));
      assertThat(timeToDrain(served, Duration.ofMillis(200))).isLessThan(Duration.ofSeconds(10));
    } finally {
      never.countDown();
    }
  }

  private static Duration timeToDrain(Served served, Duration bound) {
    long start = System.nanoTime();
    served.listener.drain(bound);
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
