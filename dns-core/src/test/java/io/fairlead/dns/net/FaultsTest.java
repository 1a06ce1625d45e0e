package io.fairlead.dns.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultsTest {
  private final NetCounts counts = new NetCounts();
  private final List<NetFault> told = new ArrayList<>();
  private final Faults faults = new Faults(counts, told::add);

  @Test
  void eachKindIsToldOfOnceAndAllAreCounted() {
    var noBuffers = new IOException("sendmmsg(..) failed: No buffer space available");
    for (int i = 0; i < 10; i++) {
      faults.report("udp 127.0.0.1:53", noBuffers);
      faults.report("udp 127.0.0.1:53", new IOException("sendmmsg(..) failed: Not permitted"));
      faults.report("udp [::1]:53", noBuffers);
    }
    assertThat(told).hasSize(3).first().isEqualTo(new NetFault("udp 127.0.0.1:53", noBuffers));
    assertThat(counts.sum(NetCounter.FAULTS)).isEqualTo(30);
  }

  /** The words of such an exception may come from the packet: each would be a kind of its own. */
  @Test
  void anExceptionOfTheHandlerIsToldApartByItsPlaceNotByItsWords() {
    for (int i = 0; i < 10; i++) {
      faults.report("tcp", new IllegalStateException("label of " + i + " octets"));
    }
    faults.report("tcp", new IllegalStateException("elsewhere"));
    assertThat(told).hasSize(2);
  }

  @Test
  void anExceptionWithoutATraceIsAKindToo() {
    var bare = new IllegalStateException("bare");
    bare.setStackTrace(new StackTraceElement[0]); // as the JIT throws them when there are many
    faults.report("tcp", bare);
    faults.report("tcp", bare);
    assertThat(told).hasSize(1);
  }

  @Test
  void kindsAreBounded() {
    for (int i = 0; i < 1000; i++) {
      faults.report("tcp", new IOException("number " + i));
    }
    assertThat(told).hasSize(100);
    assertThat(counts.sum(NetCounter.FAULTS)).isEqualTo(1000);
  }
}
