package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The causes are as the two transports throw them. */
final class ListenExceptionTest {
  private static final InetSocketAddress ADDRESS = Served.address("127.0.0.1", 53);

  @Test
  void theSystemsWordsAreKeptAndNothingElse() {
    var epoll = new IOException("bind(..) failed with error(-13): Permission denied");
    var nio = new BindException("Permission denied");
    for (IOException cause : new IOException[] {epoll, nio}) {
      var exception = new ListenException("udp", ADDRESS, cause);
      assertThat(exception).hasMessage("udp 127.0.0.1:53: permission denied").hasCause(cause);
      assertThat(exception.address()).isEqualTo(ADDRESS);
    }
  }

  @Test
  void anIpv6AddressStandsInBrackets() {
    var exception =
        new ListenException("tcp", Served.address("2001:db8::53", 53), new IOException("No"));
    assertThat(exception).hasMessage("tcp [2001:db8::53]:53: no");
  }

  @Test
  void aCauseWithoutWordsIsNamed() {
    assertThat(new ListenException("tcp", ADDRESS, new IOException()))
        .hasMessage("tcp 127.0.0.1:53: IOException");
    assertThat(new ListenException("tcp", ADDRESS, new IOException("cut: ")))
        .hasMessage("tcp 127.0.0.1:53: cut: ");
  }
}
