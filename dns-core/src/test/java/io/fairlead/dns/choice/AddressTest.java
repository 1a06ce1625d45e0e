package io.fairlead.dns.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private final Address address = new Address();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "192.0.2.1",
        "255.255.255.255",
        "::",
        "2001:db8::1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
      })
  void comesBackAsItWasSet(String text) {
    InetAddress told = InetAddress.ofLiteral(text);
    address.set(told);
    assertThat(address.toInetAddress()).isEqualTo(told);
    assertThat(address.family()).isEqualTo(told.getAddress().length);
    assertThat(address.prefixLength()).isEqualTo(8 * told.getAddress().length);
  }

  /** Left-aligned: a mask is the same arithmetic for both families. */
  @Test
  void ipv4StandsInTheFirstBits() {
    address.setIpv4(0xc0000200, 24);
    assertThat(address.high()).isEqualTo(0xc000_0200_0000_0000L);
    assertThat(address.low()).isZero();
    assertThat(address.family()).isEqualTo(Address.IPV4);
    assertThat(address.prefixLength()).isEqualTo(24);
  }

  @Test
  void takesOverAllOfAnother() {
    var other = new Address();
    other.setIpv6(1, 2, 77);
    address.set(other);
    assertThat(address.high()).isEqualTo(1);
    assertThat(address.low()).isEqualTo(2);
    assertThat(address.prefixLength()).isEqualTo(77);
    assertThat(address.family()).isEqualTo(Address.IPV6);
  }

  @Test
  void theClientIsTheSubnetWhereThereIsOneAndItMayBeUsed() {
    var client = new Client();
    client.resolver().setIpv4(1, 32);
    assertThat(client.decidingAddress(true)).isSameAs(client.resolver());
    client.subnet().setIpv4(2, 24);
    client.useSubnet();
    assertThat(client.decidingAddress(true)).isSameAs(client.subnet());
    assertThat(client.decidingAddress(false)).isSameAs(client.resolver());
    client.clearSubnet();
    assertThat(client.decidingAddress(true)).isSameAs(client.resolver());
  }
}
