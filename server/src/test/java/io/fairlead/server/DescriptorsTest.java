package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.net.ListenSpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many TCP connections a process may hold whose descriptors are limited. */
final class DescriptorsTest {
  @ParameterizedTest(name = "of {0} descriptors {1} are open: {2} probes")
  @CsvSource({"1048576, 100, 349428", "20000, 100, 6569", "1024, 100, 244", "300, 100, 2"})
  void probesGetTheOtherThirdButForOurOwn(long limit, long open, int probes) {
    assertThat(Descriptors.forProbes(limit, open)).isEqualTo(probes);
  }

  @ParameterizedTest(name = "of {1} descriptors {2} are open, {0} wanted: {3}")
  @CsvSource({
    "10000, 1048576, 100, 10000",
    "10000, 15100, 100, 10000",
    "10000, 15098, 100, 9998",
    "10000, 1024, 100, 616",
    "10000, 292, 100, 128",
    "10000, 250, 100, 86",
    "30, 200, 100, 30",
    "10000, 100, 100, 1",
    "10000, 100, 300, 1",
  })
  void clientsGetTwoThirdsOfWhatIsFree(int wanted, long limit, long open, int held) {
    var spec = new ListenSpec(List.of(), List.of(), 1);
    var asked = spec.with(spec.tcpLimits().withMaxConnections(wanted));

    ListenSpec within = Descriptors.within(asked, limit, open);

    assertThat(within.tcpLimits()).isEqualTo(spec.tcpLimits().withMaxConnections(held));
    assertThat(within.with(asked.tcpLimits())).as("nothing else").isEqualTo(asked);
  }
}
