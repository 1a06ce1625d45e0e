package io.fairlead.dns.net.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.query.Exchange;
import io.fairlead.dns.wire.Octets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** No program has port 0: a datagram from there is forged, and a reply could only do harm. */
@EnabledOnOs(OS.LINUX)
final class ForgedSenderTest {
  private static final int SOCK_RAW = 3;
  private static final int UDP_HEADER = 8;

  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch two = new CountDownLatch(2);

  private final BatchEvents events =
      new BatchEvents() {
        @Override
        public void done(int count, int sent, int unsent) {
          received.addAndGet(count);
          for (int i = 0; i < count; i++) {
            two.countDown();
          }
        }

        @Override
        public void fault(Throwable cause) {
          throw new AssertionError(cause);
        }
      };

  @Test
  void portZeroIsCountedAndNotAnswered() throws Exception {
    var engine =
        new BatchEngine(
            1,
            (_, _, _, _) -> {
              asked.incrementAndGet();
              return 0;
            },
            () -> Exchange.of(new Counters().newTally()));
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    InetSocketAddress server = engine.open(loopback, events).address();
    try {
      sendFromPortZero(server);
      sendPlainly(server);
      assertThat(two.await(30, TimeUnit.SECONDS)).as("both have come").isTrue();
    } finally {
      engine.finish();
      engine.close(() -> Duration.ofSeconds(10));
    }
    assertThat(received).hasValue(2);
    assertThat(asked).hasValue(1);
  }

  /** By a raw socket, whose writer makes the UDP header; for root only. */
  private static void sendFromPortZero(InetSocketAddress server) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment state = SystemCalls.newState(arena);
      int raw = SystemCalls.socket(state, SystemCalls.AF_INET, SOCK_RAW, 17);
      assumeThat(raw).as("a raw socket is for root").isNotNegative();
      MemorySegment datagram = arena.allocate(UDP_HEADER + 12);
      Octets.putU16(datagram, 2, server.getPort());
      Octets.putU16(datagram, 4, (int) datagram.byteSize());
      var messages = new MessageArray(1, arena);
      messages.content(0, datagram.address(), (int) datagram.byteSize());
      MemorySegment name = SocketNames.of(server, arena);
      messages.name(0, name.address(), (int) name.byteSize());
      assertThat(SystemCalls.sendmmsg(state, raw, messages.from(0), 1, 0)).isOne();
      SystemCalls.close(state, raw);
    }
  }

  private static void sendPlainly(InetSocketAddress server) throws IOException {
    try (var client = new DatagramSocket()) {
      client.send(new DatagramPacket(new byte[12], 12, server));
    }
  }
}
