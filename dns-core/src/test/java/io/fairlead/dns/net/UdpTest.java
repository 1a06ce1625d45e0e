package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.atOddIds;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.id;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.NetCounter.UDP_KERNEL_DROPS;
import static io.fairlead.dns.net.NetCounter.UDP_RECEIVED;
import static io.fairlead.dns.net.NetCounter.UDP_RECEIVE_BUFFER;
import static io.fairlead.dns.net.NetCounter.UDP_SENT;
import static io.fairlead.dns.net.NetCounter.UDP_UNSENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

@EachWire
final class UdpTest {
  private final Wire wire;

  UdpTest(Wire wire) {
    this.wire = wire;
  }

  @Test
  void aQueryIsAnsweredOverBothFamilies() throws IOException {
    try (var served = new Served(wire, ECHO)) {
      for (InetSocketAddress server : List.of(served.udp(), served.udp6())) {
        try (var client = new UdpClient(server)) {
          byte[] query = query(4711, 77);
          assertThat(client.ask(query)).as(server.toString()).isEqualTo(echoOf(query));
        }
      }
    }
  }

  @Test
  void aQueryOfAnySizeUpToTheLargestUnfragmentedOneArrivesWhole() throws IOException {
    try (var served = new Served(wire, ECHO);
        var client = new UdpClient(served.udp())) {
      for (int octets : List.of(1 + Messages.HEADER, 512, 1232, 1472, UdpSocket.MAX_QUERY)) {
        byte[] query = query(octets, octets);
        assertThat(client.ask(query)).isEqualTo(echoOf(query));
      }
    }
  }

  @Test
  void aLongerQueryIsCutAndNotLeftBehind() throws IOException {
    try (var served = new Served(wire, ECHO);
        var client = new UdpClient(served.udp())) {
      assertThat(client.ask(query(1, 60_000))).hasSize(UdpSocket.MAX_QUERY);
      assertThat(client.ask(query(2))).isEqualTo(echoOf(query(2)));
    }
  }

  @Test
  void aThousandInFlightAreAllAnswered() throws IOException {
    try (var served = new Served(wire, ECHO);
        var client = new UdpClient(served.udp())) {
      for (int id = 0; id < 1000; id++) {
        client.send(query(id));
      }
      var answered = new BitSet();
      while (answered.cardinality() < 1000) {
        answered.set(id(client.receive()));
      }
      served.awaitCount(UDP_RECEIVED, 1000);
      served.awaitCount(UDP_SENT, 1000);
      assertThat(served.listener.count(UDP_UNSENT)).isZero();
      assertThat(served.faults).isEmpty();
    }
  }

  @Test
  void zeroSendsNothing() throws IOException {
    try (var served = new Served(wire, atOddIds((_, _, _, _) -> 0));
        var client = new UdpClient(served.udp())) {
      client.send(query(1));
      client.send(query(3));
      assertThat(client.ask(query(4))).isEqualTo(echoOf(query(4)));
      served.awaitCount(UDP_RECEIVED, 3);
      served.awaitCount(UDP_SENT, 1);
    }
  }

  @Test
  void anEmptyDatagramIsHandedOverLikeAnyOther() throws Exception {
    BlockingQueue<Integer> lengths = new LinkedBlockingQueue<>();
    try (var served =
            new Served(
                wire,
                (_, length, _, _) -> {
                  lengths.add(length);
                  return 0;
                });
        var client = new UdpClient(served.udp())) {
      client.send(new byte[0]);
      client.send(new byte[1]);
      assertThat(lengths.take()).isZero();
      assertThat(lengths.take()).isOne();
    }
  }

  @Test
  void aHandlerThatThrowsCostsItsQueryOnlyAndIsToldOfOnce() throws IOException {
    PacketHandler throwsAtOdd =
        atOddIds(
            (_, length, _, _) -> {
              throw new IllegalStateException("query of death " + length);
            });
    try (var served = new Served(wire, throwsAtOdd);
        var client = new UdpClient(served.udp())) {
      for (int id = 0; id < 100; id++) {
        client.send(query(id, 30 + id));
      }
      var answered = new BitSet();
      while (answered.cardinality() < 50) {
        answered.set(id(client.receive()));
      }
      assertThat(answered.stream().filter(id -> id % 2 != 0)).isEmpty();
      served.awaitCount(NetCounter.FAULTS, 50);
      assertThat(served.faults)
          .singleElement()
          .isInstanceOfSatisfying(
              NetFault.class,
              fault -> {
                assertThat(fault.where()).startsWith("udp 127.0.0.1:");
                assertThat(fault.cause()).hasMessageStartingWith("query of death");
              });
    }
  }

  @Test
  void aLengthThatNoReplyCanHaveCostsItsQueryOnly() throws IOException {
    for (int impossible : List.of(-1, 65_536)) {
      try (var served = new Served(wire, atOddIds((_, _, _, _) -> impossible));
          var client = new UdpClient(served.udp());
          var tcp = new TcpClient(served.tcp())) {
        client.send(query(1));
        assertThat(client.ask(query(2))).isEqualTo(echoOf(query(2)));
        tcp.send(Messages.framed(query(1)));
        assertThat(tcp.isClosedByServer()).isTrue();
        served.awaitCount(NetCounter.FAULTS, 2);
      }
    }
  }

  /** EMSGSIZE stands for ENOBUFS, EPERM and the like: a send that the system refuses. */
  @Test
  void aReplyThatCannotBeSentCostsItsQueryOnly() throws IOException {
    try (var served = new Served(wire, atOddIds((_, _, _, _) -> 65_535));
        var client = new UdpClient(served.udp())) {
      for (int id = 0; id < 20; id++) {
        client.send(query(id));
      }
      var answered = new BitSet();
      while (answered.cardinality() < 10) {
        answered.set(id(client.receive()));
      }
      assertThat(answered.stream().filter(id -> id % 2 != 0)).isEmpty();
      served.awaitCount(UDP_UNSENT, 10);
      // One kind for each system call that says it: of one message, and of many.
      assertThat(served.faults)
          .hasSizeBetween(1, 2)
          .allSatisfy(fault -> assertThat(fault.cause()).hasMessageContaining("too long"));
    }
  }

  @Test
  void aClientThatIsGoneDisturbsNobody() throws IOException {
    try (var served = new Served(wire, ECHO)) {
      for (int i = 0; i < 100; i++) {
        try (var gone = new UdpClient(served.udp())) {
          gone.send(query(i)); // closed at once: the reply meets an ICMP "port unreachable"
        }
      }
      try (var client = new UdpClient(served.udp())) {
        assertThat(client.ask(query(7))).isEqualTo(echoOf(query(7)));
      }
      served.awaitCount(UDP_RECEIVED, 101);
    }
  }

  /** RFC 2181 section 4: from the address and port that was asked. */
  @Test
  void theReplyComesFromTheAddressThatWasAsked() throws IOException {
    var asked = List.of(Served.IPV4, Served.address("127.0.0.2", 0), Served.IPV6);
    var spec = new ListenSpec(asked, List.of(), 2);
    try (var served = new Served(wire, spec, ECHO)) {
      for (InetSocketAddress server : served.listener.udpAddresses()) {
        try (var client = new UdpClient(server)) {
          client.send(query(1));
          DatagramPacket reply = client.receivePacket();
          assertThat(reply.getSocketAddress()).isEqualTo(server);
        }
      }
    }
  }

  @Test
  void theExchangeKnowsThePeerAndTheTransport() throws Exception {
    record Seen(Transport transport, InetAddress resolver, int family, String thread) {}
    BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    PacketHandler looks =
        (_, _, _, exchange) -> {
          Address resolver = exchange.client().resolver();
          seen.add(
              new Seen(
                  exchange.transport(),
                  resolver.toInetAddress(),
                  resolver.family(),
                  Thread.currentThread().getName()));
          return 0;
        };
    try (var served = new Served(wire, looks);
        var client = new UdpClient(served.udp());
        var client6 = new UdpClient(served.udp6())) {
      client.send(query(1));
      Seen ipv4 = seen.take();
      assertThat(ipv4.transport()).isEqualTo(Transport.UDP);
      assertThat(ipv4.resolver()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
      assertThat(ipv4.family()).isEqualTo(Address.IPV4);
      assertThat(ipv4.thread()).matches("fairlead-dns-\\d");
      client6.send(query(1));
      Seen ipv6 = seen.take();
      assertThat(ipv6.resolver()).isEqualTo(InetAddress.ofLiteral("::1"));
      assertThat(ipv6.family()).isEqualTo(Address.IPV6);
    }
  }

  @Test
  void allThreadsShareTheLoadWherePortsCanBeShared() throws IOException {
    assumeThat(wire.sharesPorts()).isTrue();
    Set<String> answering = ConcurrentHashMap.newKeySet();
    PacketHandler notes =
        (query, length, reply, exchange) -> {
          answering.add(Thread.currentThread().getName());
          return ECHO.respond(query, length, reply, exchange);
        };
    var spec = new ListenSpec(List.of(Served.IPV4), List.of(), 3);
    try (var served = new Served(wire, spec, notes)) {
      // The kernel chooses by the client's port; that 100 ports miss a thread: (2/3)^100.
      for (int i = 0; i < 100; i++) {
        try (var client = new UdpClient(served.udp())) {
          client.ask(query(i));
        }
      }
    }
    assertThat(answering)
        .containsExactlyInAnyOrder("fairlead-dns-1", "fairlead-dns-2", "fairlead-dns-3");
  }

  @Test
  void theGrantedReceiveBufferIsReadable() throws IOException {
    try (var served = new Served(wire, ECHO)) {
      assertThat(served.listener.count(UDP_RECEIVE_BUFFER)).isGreaterThan(64 << 10);
    }
  }

  @Test
  void whatTheKernelDropsIsCounted() throws Exception {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    var free = new CountDownLatch(1);
    PacketHandler waits =
        (_, _, _, _) -> {
          awaitQuietly(free);
          return 0;
        };
    var spec = new ListenSpec(List.of(Served.IPV6), List.of(), 1);
    int sent = 20_000;
    try (var served = new Served(wire, spec, waits);
        var client = new UdpClient(served.udp())) {
      for (int i = 0; i < sent; i++) {
        client.send(query(i, 1200)); // far more than the buffer holds
      }
      long dropped = served.listener.count(UDP_KERNEL_DROPS);
      assertThat(dropped).isBetween(1L, (long) sent - 1);
      free.countDown();
      served.awaitCount(UDP_RECEIVED, sent - dropped);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theSameBatchServesManyClients() throws IOException {
    var clients = new ArrayList<UdpClient>();
    try (var served = new Served(wire, ECHO)) {
      for (int i = 0; i < 50; i++) {
        clients.add(new UdpClient(i % 2 == 0 ? served.udp() : served.udp6()));
      }
      for (int i = 0; i < 50; i++) {
        clients.get(i).send(query(i));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(clients.get(i).receive()).isEqualTo(echoOf(query(i)));
      }
    } finally {
      clients.forEach(UdpClient::close);
    }
  }
}
