package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.net.DnsListener;
import io.fairlead.dns.net.ListenSpec;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.GuardedHandler;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.server.control.Fruit;
import io.fairlead.server.control.Rehearsal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * One question makes our own code fail: it alone gets SERVFAIL, and soon not even that costs
 * anything. The fault is put in front of the real handler, behind real sockets.
 */
final class QueryOfDeathScenarioTest {
  private static final String FRUIT = "fruit.gslb.guzware.net";
  private static final String DEATH = "death.gslb.guzware.net";

  private final List<Throwable> told = new CopyOnWriteArrayList<>();
  private final Counters counters = new Counters();
  private volatile Throwable fault = new IllegalStateException("a fault of ours");
  private GuardedHandler guarded;
  private DnsListener listener;
  private Ask ask;

  @BeforeEach
  void listen() throws Exception {
    var cell = new SnapshotCell();
    cell.publish(Rehearsal.of(Fruit.config(), GeoData.NONE, List.of()).snapshot());
    guarded = new GuardedHandler(failing(new QueryHandler(cell, EdnsSettings.DEFAULT)), told::add);
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    listener =
        DnsListener.bind(
            new ListenSpec(List.of(loopback), List.of(loopback), 2), guarded, counters);
    ask = new Ask(listener.udpAddresses().getFirst(), listener.tcpAddresses().getFirst());
  }

  @AfterEach
  void close() {
    listener.close();
  }

  /** Throws for every query that has the word in it; stands where a chooser would. */
  private PacketHandler failing(PacketHandler inner) {
    return (query, length, reply, exchange) -> {
      if (has(query, length, "death")) {
        switch (fault) {
          case Error error -> throw error;
          case RuntimeException exception -> throw exception;
          default -> throw new AssertionError("not a fault that can be thrown here", fault);
        }
      }
      return inner.respond(query, length, reply, exchange);
    };
  }

  private static boolean has(MemorySegment query, int length, String word) {
    byte[] octets = query.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(octets, StandardCharsets.ISO_8859_1).contains(word);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itGetsServfailAndNobodyElseNoticesAnything(boolean tcp) {
    Message reply = tcp ? ask.tcp(DEATH, Type.A) : ask.udp(DEATH, Type.A);

    assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(reply.getQuestion().getName().toString(true)).isEqualTo(DEATH);
    assertThat(ask.share(FRUIT, 10)).containsEntry(Fruit.HOME, 5).containsEntry(Fruit.REMOTE, 5);
    assertThat(ask.tcp(FRUIT, Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(told).hasSize(1);
  }

  @Test
  void aRepeatedOneIsRefusedWithoutBeingRunAndToldOfOnce() {
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      refused += ask.udp(DEATH, Type.A).getRcode() == Rcode.REFUSED ? 1 : 0;
      assertThat(ask.addresses(FRUIT)).hasSize(1);
    }

    assertThat(refused).isEqualTo(97);
    assertThat(guarded.failures()).isEqualTo(3);
    assertThat(told).hasSize(1);
    assertThat(counters.count(Outcome.SERVER_FAILURE)).isEqualTo(3);
    assertThat(counters.count(Outcome.REFUSED)).isEqualTo(97);
    assertThat(counters.count(Outcome.ANSWER)).as("each query counts once").isEqualTo(100);
    assertThat(ask.udp("other." + DEATH, Type.A).getRcode())
        .as("another question of the kind is tried for itself")
        .isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void anErrorOfTheMachineEndsNoThreadEither() {
    fault = new StackOverflowError("thrown, not run into");
    for (int i = 0; i < 10; i++) {
      assertThat(ask.udp("n" + i + "." + DEATH, Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(ask.tcp("t" + i + "." + DEATH, Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    assertThat(ask.addresses(FRUIT)).hasSize(1);
    assertThat(guarded.failures()).isEqualTo(20);
  }
}
