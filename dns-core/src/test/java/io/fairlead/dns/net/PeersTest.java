package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PeersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "127.0.0.1",
        "192.0.2.200",
        "255.255.255.255",
        "::1",
        "2001:db8::1",
        "2001:db8:1:2:ffff:fffe:fffd:fffc",
        "::ffff:0:1", // mapped neither in its upper half nor by its ffff, which stands lower
        "64:ff9b::c000:201"
      })
  void anAddressIsTakenWhole(String text) {
    InetAddress peer = InetAddress.ofLiteral(text);
    var target = new Address();
    Peers.fill(target, peer);
    assertThat(target.toInetAddress()).isEqualTo(peer);
    assertThat(target.prefixLength()).isEqualTo(target.family() * 8);
  }

  /** Java turns most of these into IPv4 by itself; Netty can hand over one that is not. */
  @Test
  void aMappedAddressIsIpv4() throws UnknownHostException {
    InetAddress ipv4 = InetAddress.ofLiteral("192.0.2.200");
    InetAddress mapped = mapped(ipv4);
    assertThat(mapped).isInstanceOf(Inet6Address.class);

    var target = new Address();
    Peers.fill(target, mapped);
    assertThat(target.family()).isEqualTo(Address.IPV4);
    assertThat(target.prefixLength()).isEqualTo(32);
    assertThat(target.toInetAddress()).isEqualTo(ipv4);
    assertThat(Peers.clientKey(mapped)).isEqualTo(Peers.clientKey(ipv4));
  }

  private static InetAddress mapped(InetAddress ipv4) throws UnknownHostException {
    byte[] octets = new byte[16];
    octets[10] = (byte) 0xff;
    octets[11] = (byte) 0xff;
    System.arraycopy(ipv4.getAddress(), 0, octets, 12, 4);
    return Inet6Address.getByAddress("mapped", octets, 0);
  }

  @Test
  void theLastPeerIsForgotten() {
    var target = new Address();
    Peers.fill(target, InetAddress.ofLiteral("2001:db8::1"));
    Peers.fill(target, InetAddress.ofLiteral("192.0.2.1"));
    assertThat(target.toInetAddress()).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::1, 2001:db8::ffff:1, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "255.255.255.255, ::1, false",
    "0.0.0.0, ::, false"
  })
  void aClientIsAnIpv4AddressOrAnIpv6Network(String one, String other, boolean same) {
    long first = Peers.clientKey(InetAddress.ofLiteral(one));
    long second = Peers.clientKey(InetAddress.ofLiteral(other));
    assertThat(first == second).isEqualTo(same);
  }
}
