package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lines as Linux 6 writes them. */
final class KernelDropsTest {
  private static final List<String> TABLE =
      List.of(
          "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
              + "  timeout inode ref pointer drops             ",
          "  336: 0100007F:14B4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
              + "        0 67890 2 00000000a1b2c3d4 17      ",
          "  336: 0100007F:14B4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
              + "        0 67891 2 00000000a1b2c3d5 3        ",
          "  337: 0200007F:14B4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
              + "        0 67892 2 00000000a1b2c3d6 100        ",
          "  338: 0100007F:14B5 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
              + "        0 67893 2 00000000a1b2c3d7 1000       ",
          "");

  @Test
  void theSocketsOfAnAddressAreSummedAndNoOthers() {
    assertThat(KernelDrops.sum(TABLE, Set.of("0100007F:14B4"))).isEqualTo(20);
    assertThat(KernelDrops.sum(TABLE, Set.of("0100007F:14B4", "0100007F:14B5"))).isEqualTo(1020);
    assertThat(KernelDrops.sum(TABLE, Set.of("0100007F:0035"))).isZero();
    assertThat(KernelDrops.sum(TABLE, Set.of())).isZero();
  }

  @Test
  void anAddressIsNamedAsTheKernelDoes() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(name("127.0.0.1", 5300)).isEqualTo("0100007F:14B4");
    assertThat(name("192.0.2.250", 53)).isEqualTo("FA0200C0:0035");
    assertThat(name("::1", 65_535)).isEqualTo("00000000000000000000000001000000:FFFF");
    assertThat(name("2001:db8::a", 53)).isEqualTo("B80D01200000000000000000" + "0A000000:0035");
  }

  private static String name(String host, int port) {
    return KernelDrops.kernelName(new InetSocketAddress(InetAddress.ofLiteral(host), port));
  }
}
