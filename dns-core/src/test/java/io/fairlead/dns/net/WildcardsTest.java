package io.fairlead.dns.net;

import static io.fairlead.dns.net.Served.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WildcardsTest {
  @Test
  void aWildcardIsAllAddressesOfItsFamily() throws SocketException {
    var ipv4 = Wildcards.expand(List.of(address("0.0.0.0", 53)));
    assertThat(ipv4)
        .contains(address("127.0.0.1", 53))
        .allMatch(each -> each.getAddress() instanceof Inet4Address)
        .allMatch(each -> each.getPort() == 53)
        .allSatisfy(WildcardsTest::isOfThisMachine);

    var ipv6 = Wildcards.expand(List.of(address("::", 53)));
    assertThat(ipv6)
        .contains(address("::1", 53))
        .allMatch(each -> each.getAddress() instanceof Inet6Address)
        .allSatisfy(WildcardsTest::isOfThisMachine);
  }

  private static void isOfThisMachine(InetSocketAddress address) throws SocketException {
    assertThat(address.getAddress().isAnyLocalAddress()).isFalse();
    assertThat(NetworkInterface.getByInetAddress(address.getAddress())).isNotNull();
  }

  @Test
  void otherAddressesStayInOrderAndOnce() throws SocketException {
    var asked = List.of(address("::1", 53), address("127.0.0.2", 53), address("::1", 53));
    assertThat(Wildcards.expand(asked))
        .containsExactly(address("::1", 53), address("127.0.0.2", 53));
    assertThat(Wildcards.expand(List.of(address("127.0.0.1", 53), address("0.0.0.0", 53))))
        .startsWith(address("127.0.0.1", 53))
        .doesNotHaveDuplicates();
  }
}
