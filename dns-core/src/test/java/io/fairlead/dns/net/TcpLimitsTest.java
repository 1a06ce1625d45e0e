package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.NetCounter.TCP_ACCEPTED;
import static io.fairlead.dns.net.NetCounter.TCP_EVICTED;
import static io.fairlead.dns.net.NetCounter.TCP_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 7766 section 6.2.2: over a limit the oldest idle connection goes, never the newcomer. */
@EachTransport
final class TcpLimitsTest {
  private final NettyTransport transport;

  TcpLimitsTest(NettyTransport transport) {
    this.transport = transport;
  }

  @Test
  void overTheTotalTheOldestIdleConnectionMakesRoom() throws IOException {
    try (var served = new Served(transport, new TcpLimits(3, 10, Served.LONG), ECHO);
        var a = answered(served);
        var b = answered(served);
        var c = answered(served)) {
      a.ask(query(1)); // so that b is the oldest idle one
      try (var d = answered(served)) {
        assertThat(b.isClosedByServer()).isTrue();
        assertStillServed(List.of(c, a, d));
        try (var e = answered(served)) {
          assertThat(c.isClosedByServer()).isTrue();
          assertStillServed(List.of(a, d, e));
        }
      }
      served.awaitCount(TCP_EVICTED, 2);
      served.awaitCount(TCP_ACCEPTED, 5);
      served.awaitCount(TCP_OPEN, 1);
    }
  }

  @Test
  void aConnectionThatHasNeverSaidAnythingIsIdleSinceItWasMade() throws IOException {
    try (var served = new Served(transport, new TcpLimits(2, 10, Served.LONG), ECHO);
        var silent = new TcpClient(served.tcp())) {
      served.awaitCount(TCP_OPEN, 1);
      try (var second = answered(served);
          var third = answered(served)) {
        assertThat(silent.isClosedByServer()).isTrue();
        assertStillServed(List.of(second, third));
      }
    }
  }

  @Test
  void overOneClientsLimitThatClientsOldestMakesRoom() throws IOException {
    InetAddress other = InetAddress.ofLiteral("127.0.0.2");
    try (var served = new Served(transport, new TcpLimits(100, 2, Served.LONG), ECHO);
        var oldestOfAll = new TcpClient(served.tcp(), other)) {
      oldestOfAll.ask(query(1));
      try (var a = answered(served);
          var b = answered(served)) {
        a.ask(query(1));
        try (var c = answered(served)) {
          assertThat(b.isClosedByServer()).isTrue();
          assertStillServed(List.of(oldestOfAll, a, c));
          served.awaitCount(TCP_EVICTED, 1);
        }
      }
    }
  }

  @Test
  void aPlaceThatIsLeftIsFreeAgain() throws IOException {
    try (var served = new Served(transport, new TcpLimits(2, 1, Served.LONG), ECHO)) {
      for (int i = 0; i < 20; i++) {
        try (var client = answered(served)) {
          served.awaitCount(TCP_OPEN, 1);
          assertStillServed(List.of(client));
        }
        served.awaitCount(TCP_OPEN, 0);
      }
      assertThat(served.listener.count(TCP_EVICTED)).isZero();
    }
  }

  /** Ten times the limit, all silent: a good client gets in at once (F9). */
  @Test
  void aFloodOfIdleConnectionsKeepsNobodyOut() throws IOException {
    var flood = new ArrayList<TcpClient>();
    try (var served = new Served(transport, new TcpLimits(50, 1000, Served.LONG), ECHO);
        var udp = new UdpClient(served.udp())) {
      for (int i = 0; i < 500; i++) {
        flood.add(new TcpClient(served.tcp()));
      }
      served.awaitCount(TCP_ACCEPTED, 500);
      try (var good = answered(served)) {
        assertStillServed(List.of(good));
      }
      assertThat(udp.ask(query(2))).isEqualTo(echoOf(query(2)));
      served.awaitCount(TCP_ACCEPTED, 501);
      assertThat(served.listener.count(TCP_OPEN)).isLessThanOrEqualTo(50);
    } finally {
      for (TcpClient client : flood) {
        client.close();
      }
    }
  }

  private static TcpClient answered(Served served) throws IOException {
    var client = new TcpClient(served.tcp());
    assertStillServed(List.of(client));
    return client;
  }

  /** In this order, so that the first is the oldest idle one afterwards. */
  private static void assertStillServed(List<TcpClient> clients) throws IOException {
    for (TcpClient client : clients) {
      assertThat(client.ask(query(1))).isEqualTo(echoOf(query(1)));
    }
  }
}
