package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.Messages.replyOf;
import static io.fairlead.dns.net.Served.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.dns.count.Counters;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the batch engine does beyond what every engine does. */
@EnabledOnOs(OS.LINUX)
final class BatchUdpTest {
  private static final List<InetSocketAddress> NO_TCP = List.of();

  private static Served served(InetSocketAddress... udp) throws IOException {
    return new Served(Wire.BATCH, new ListenSpec(List.of(udp), NO_TCP, 2), ECHO);
  }

  /** RFC 2181 section 4; a second address of the machine must not answer with the first. */
  @ParameterizedTest
  @CsvSource({"0.0.0.0, 127.0.0.1", "0.0.0.0, 127.0.0.2", "0.0.0.0, 127.1.2.3", "::, ::1"})
  void aWildcardAnswersFromTheAddressThatWasAsked(String wildcard, String asked)
      throws IOException {
    try (var served = served(address(wildcard, 0))) {
      var server = address(asked, served.udp().getPort());
      try (var client = new UdpClient(server)) {
        for (int id = 0; id < 200; id++) { // over both threads' sockets, and batches
          client.send(query(id));
          DatagramPacket reply = client.receivePacket();
          assertThat(reply.getSocketAddress()).isEqualTo(server);
        }
      }
    }
  }

  @Test
  void bothWildcardsAtOnePortAreTwoFamilies() throws IOException {
    try (var served = served(address("0.0.0.0", 0))) {
      int port = served.udp().getPort();
      try (var other = served(address("::", port));
          var client = new UdpClient(address("127.0.0.1", port));
          var client6 = new UdpClient(address("::1", port))) {
        assertThat(client.ask(query(1))).isEqualTo(echoOf(query(1)));
        assertThat(client6.ask(query(2))).isEqualTo(echoOf(query(2)));
        served.awaitCount(NetCounter.UDP_RECEIVED, 1);
        other.awaitCount(NetCounter.UDP_RECEIVED, 1);
      }
    }
  }

  @Test
  void anAddressThatAWildcardHasNeedsNoSocketOfItsOwn() throws IOException {
    int port = freePort();
    try (var served =
            served(address("127.0.0.1", port), address("0.0.0.0", port), address("::1", port));
        var client = new UdpClient(address("127.0.0.1", port))) {
      assertThat(served.listener.udpAddresses())
          .containsExactly(address("0.0.0.0", port), address("::1", port));
      assertThat(client.ask(query(1))).isEqualTo(echoOf(query(1)));
    }
  }

  private static int freePort() throws IOException {
    try (var served = served(address("0.0.0.0", 0))) {
      return served.udp().getPort();
    }
  }

  /** More octets than a batch's replies usually take: they go out in several calls, none torn. */
  @ParameterizedTest
  @CsvSource({"575", "576", "577", "1232", "4096", "60000"})
  void repliesOfAnySizeLeaveWhole(int octets) throws IOException {
    var spec = new ListenSpec(List.of(Served.IPV4), NO_TCP, 1);
    try (var served = new Served(Wire.BATCH, spec, replyOf(octets))) {
      var clients = new ArrayList<UdpClient>();
      try {
        for (int i = 0; i < 150; i++) {
          clients.add(new UdpClient(served.udp()));
        }
        for (int i = 0; i < 150; i++) {
          clients.get(i).send(query(i));
        }
        for (int i = 0; i < 150; i++) {
          byte[] reply = clients.get(i).receive();
          assertThat(reply).hasSize(octets);
          assertThat(Messages.id(reply)).isEqualTo(i);
        }
      } finally {
        clients.forEach(UdpClient::close);
      }
    }
  }

  @Test
  void tcpHasThreadsOfItsOwn() throws IOException {
    var both = List.of(Served.IPV4);
    try (var served = new Served(Wire.BATCH, new ListenSpec(both, both, 2), ECHO)) {
      assertThat(served.listener.engine()).isEqualTo("batch");
      assertThat(served.listener.whyNotBatch()).isEmpty();
      try (var client = new TcpClient(served.tcp())) {
        client.ask(query(1));
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
            .contains("fairlead-dns-1", "fairlead-dns-2", "fairlead-tcp-1");
      }
    }
  }

  @Test
  void aWildcardThatIsTakenIsSaidSo() throws IOException {
    try (var served = served(address("0.0.0.0", 0))) {
      int port = served.udp().getPort();
      assertThatExceptionOfType(ListenException.class)
          .isThrownBy(() -> served(address("0.0.0.0", port)))
          .withMessage("udp 0.0.0.0:" + port + ": address already in use");
    }
  }

  @Test
  void nettyIsServedByWhenItIsAskedFor() throws IOException {
    var spec = new ListenSpec(List.of(Served.IPV4), NO_TCP, 1, Engine.NETTY, TcpLimits.DEFAULT);
    try (var listener = DnsListener.bind(spec, ECHO, new Counters())) {
      assertThat(listener.engine()).isEqualTo("netty");
      assertThat(listener.whyNotBatch()).as("nobody asked for the other").isEmpty();
    }
  }
}
