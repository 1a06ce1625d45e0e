package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.ECHO;
import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.query;
import static io.fairlead.dns.net.Served.IPV4;
import static io.fairlead.dns.net.Served.IPV6;
import static io.fairlead.dns.net.Served.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.transfer.Transfers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All sockets are opened, or none and one sentence that says why. */
@EachWire
final class BindTest {
  private static final List<InetSocketAddress> NONE = List.of();

  private final Wire wire;

  BindTest(Wire wire) {
    this.wire = wire;
  }

  @Test
  void portZeroIsWhatTheSystemChose() throws IOException {
    try (var served = new Served(wire, ECHO)) {
      assertThat(served.listener.udpAddresses()).hasSize(2).allMatch(each -> each.getPort() != 0);
      assertThat(served.listener.tcpAddresses()).hasSize(2).allMatch(each -> each.getPort() != 0);
      assertThat(served.udp().getAddress()).isEqualTo(IPV4.getAddress());
      assertThat(served.udp6().getAddress()).isEqualTo(IPV6.getAddress());
    }
  }

  @Test
  void noAddressesAtAllIsAnIdleListener() throws IOException {
    try (var served = new Served(wire, new ListenSpec(NONE, NONE, 1), ECHO)) {
      assertThat(served.listener.udpAddresses()).isEmpty();
      assertThat(served.listener.tcpAddresses()).isEmpty();
    }
  }

  /** Our threads share their port, yet no second listener may join them and take their queries. */
  @Test
  void aUdpPortOfAnotherListenerIsInUse() throws IOException {
    try (var served = new Served(wire, ECHO)) {
      for (InetSocketAddress taken : served.listener.udpAddresses()) {
        var spec = new ListenSpec(List.of(taken), NONE, 3);
        assertFails(spec, "udp " + named(taken) + ": address already in use");
      }
      try (var client = new UdpClient(served.udp())) {
        assertThat(client.ask(query(1))).isEqualTo(echoOf(query(1)));
      }
    }
  }

  @Test
  void aUdpPortThatAnotherProgramIsReadyToShareIsInUseToo() throws IOException {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    try (var stranger = DatagramChannel.open()) {
      stranger.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(IPV4);
      var taken = (InetSocketAddress) stranger.getLocalAddress();
      assertFails(
          new ListenSpec(List.of(taken), NONE, 2),
          "udp " + named(taken) + ": address already in use");
    }
  }

  @Test
  void aTcpPortOfAnotherListenerIsInUse() throws IOException {
    try (var served = new Served(wire, ECHO)) {
      for (InetSocketAddress taken : served.listener.tcpAddresses()) {
        var spec = new ListenSpec(NONE, List.of(taken), 1);
        assertFails(spec, "tcp " + named(taken) + ": address already in use");
      }
    }
  }

  @Test
  void anAddressOfAnotherMachineIsSaidSo() {
    var elsewhere = address("203.0.113.1", 5300); // TEST-NET-3, RFC 5737
    assertFails(
        new ListenSpec(List.of(elsewhere), NONE, 1),
        "udp 203.0.113.1:5300: cannot assign requested address");
    assertFails(
        new ListenSpec(NONE, List.of(elsewhere), 1),
        "tcp 203.0.113.1:5300: cannot assign requested address");
  }

  @Test
  void aNameThatWasNotResolvedIsSaidSo() {
    var unresolved = InetSocketAddress.createUnresolved("ns1.gslb.example.com", 53);
    assertFails(
        new ListenSpec(List.of(unresolved), NONE, 1), "udp ns1.gslb.example.com:53: unknown host");
  }

  @Test
  void whatWasOpenedBeforeTheFailureIsClosedAgain() throws IOException {
    InetSocketAddress udp;
    InetSocketAddress tcp;
    try (var served = new Served(wire, ECHO)) {
      udp = served.udp();
      tcp = served.tcp();
    }
    var elsewhere = address("203.0.113.1", 5300);
    var fails = new ListenSpec(List.of(udp), List.of(tcp, elsewhere), 2);
    assertFails(fails, "tcp 203.0.113.1:5300: cannot assign requested address");
    assertThat(queryThreads()).isEmpty();

    try (var served = new Served(wire, new ListenSpec(List.of(udp), List.of(tcp), 2), ECHO)) {
      assertThat(served.udp()).isEqualTo(udp);
      assertThat(served.tcp()).isEqualTo(tcp);
    }
  }

  private void assertFails(ListenSpec spec, String message) {
    assertThatExceptionOfType(ListenException.class)
        .isThrownBy(
            () ->
                DnsListener.bind(
                    wire.transport,
                    wire.over(spec),
                    ECHO,
                    Transfers.none(),
                    new Counters(),
                    _ -> {}))
        .withMessage(message)
        .satisfies(e -> assertThat(message).contains(Integer.toString(e.address().getPort())));
  }

  private static String named(InetSocketAddress address) {
    String host = address.getAddress().equals(IPV6.getAddress()) ? "[::1]" : "127.0.0.1";
    return host + ":" + address.getPort();
  }

  @Test
  void aClosedListenerLeavesNoThreadAndNoPort() throws IOException {
    var served = new Served(wire, ECHO);
    try (var udp = new UdpClient(served.udp());
        var tcp = new TcpClient(served.tcp())) {
      udp.ask(query(1));
      tcp.ask(query(1));
      assertThat(queryThreads()).isNotEmpty();
      served.close();
      served.close(); // once more does nothing
      assertThat(tcp.isClosedByServer()).isTrue();
    }
    assertThat(queryThreads()).isEmpty();
    var again = new ListenSpec(List.of(served.udp()), List.of(served.tcp()), 2);
    new Served(wire, again, ECHO).close();
  }

  private static List<String> queryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fairlead-dns-"))
        .toList();
  }
}
