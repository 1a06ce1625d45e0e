package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ListenSpecTest {
  @Test
  void theDefaultsOfTcp() {
    var spec = new ListenSpec(List.of(), List.of(), 1);
    assertThat(spec.tcpLimits()).isEqualTo(new TcpLimits(10_000, 100, Duration.ofSeconds(10)));
  }

  @Test
  void addressesAreCopied() {
    var addresses = new ArrayList<InetSocketAddress>();
    var spec = new ListenSpec(addresses, addresses, 1);
    addresses.add(Served.IPV4);
    assertThat(spec.udp()).isEmpty();
    assertThat(spec.tcp()).isEmpty();
  }

  @Test
  void whatCannotBeServedIsRefusedWithTheReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ListenSpec(List.of(), List.of(), 0))
        .withMessage("threads is 0; at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TcpLimits(0, 1, Duration.ofSeconds(1)))
        .withMessage("maxConnections is 0; at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TcpLimits(1, -1, Duration.ofSeconds(1)))
        .withMessage("maxPerClient is -1; at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TcpLimits(1, 1, Duration.ZERO))
        .withMessage("idleTimeout is PT0S; more than zero");
  }

  @Test
  void everyCounterHasALabelOfItsOwnAndAMeaning() {
    assertThat(NetCounter.values()).extracting(NetCounter::id).doesNotHaveDuplicates();
    assertThat(NetCounter.values()).extracting(NetCounter::meaning).doesNotContain("");
    assertThat(Stream.of(NetCounter.values()).filter(NetCounter::isGauge))
        .containsExactly(NetCounter.UDP_RECEIVE_BUFFER, NetCounter.TCP_OPEN);
  }
}
