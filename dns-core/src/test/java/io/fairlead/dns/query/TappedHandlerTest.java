package io.fairlead.dns.query;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Counters;
import io.fairlead.dns.tap.Tapped;
import io.fairlead.dns.tap.Taps;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who watches sees what was asked and what was sent, or is told how much he missed. */
class TappedHandlerTest {
  private static final Arena ARENA = Arena.ofAuto();

  private final AtomicLong nanos = new AtomicLong();
  private final Taps taps = new Taps(nanos::incrementAndGet);
  private final MemorySegment query = ARENA.allocate(Exchange.MAX_MESSAGE);
  private final MemorySegment reply = ARENA.allocate(Exchange.MAX_MESSAGE);
  private final List<Tapped> seen = new ArrayList<>();

  /** Replies of so many octets, each the query's first. */
  private static PacketHandler replying(int octets) {
    return (query, _, reply, _) -> {
      reply.asSlice(0, octets).fill(query.get(JAVA_BYTE, 0));
      return octets;
    };
  }

  private static Exchange exchange(String peer, int port, Transport transport) {
    Exchange exchange = Exchange.of(new Counters().newTally());
    exchange.client().resolver().set(InetAddress.ofLiteral(peer));
    exchange.peerPort(port);
    exchange.transport(transport);
    return exchange;
  }

  private void ask(TappedHandler handler, int length, int content, Exchange exchange) {
    query.asSlice(0, length).fill((byte) content);
    handler.respond(query, length, reply, exchange);
  }

  @Test
  void eachQueryIsSeenWithItsReply() throws Exception {
    var handler = new TappedHandler(replying(33), taps);
    ask(handler, 17, 5, exchange("198.51.100.7", 5353, Transport.UDP));
    ask(handler, 12, 6, exchange("2001:db8::7", 65_535, Transport.TCP));

    assertThat(taps.drain(seen::add)).isEqualTo(2);
    Tapped first = seen.getFirst();
    assertThat(first.peer()).isEqualTo(InetAddress.getByName("198.51.100.7"));
    assertThat(first.port()).isEqualTo(5353);
    assertThat(first.transport()).isEqualTo(Transport.UDP.ordinal());
    assertThat(first.nanos()).isEqualTo(1);
    assertThat(first.query()).hasSize(17).containsOnly(5);
    assertThat(first.reply()).hasSize(33).containsOnly(5);
    Tapped second = seen.getLast();
    assertThat(second.peer()).isEqualTo(InetAddress.getByName("2001:db8::7"));
    assertThat(second.port()).isEqualTo(65_535);
    assertThat(second.transport()).isEqualTo(Transport.TCP.ordinal());
    assertThat(taps.drain(seen::add)).as("each once").isZero();
  }

  @Test
  void silenceIsSeenToo() {
    ask(new TappedHandler((_, _, _, _) -> 0, taps), 20, 1, exchange("::1", 1, Transport.UDP));

    taps.drain(seen::add);
    assertThat(seen).singleElement().satisfies(tapped -> assertThat(tapped.reply()).isEmpty());
  }

  /** Nobody reads: the ring is full, the rest is lost and counted, and no query waits. */
  @Test
  void whatFindsNoRoomIsLostAndCounted() {
    var handler = new TappedHandler(replying(100), taps);
    Exchange exchange = exchange("198.51.100.7", 1, Transport.UDP);
    for (int i = 0; i < 20_000; i++) {
      ask(handler, 60, i, exchange);
    }

    int kept = taps.drain(seen::add);
    assertThat(kept).isBetween(4_000, 8_000);
    assertThat(taps.lost()).isEqualTo(20_000 - kept);
    ask(handler, 60, 1, exchange);
    assertThat(taps.drain(seen::add)).as("there is room again").isOne();
  }

  /** Of any lengths, round and round the ring, in order and whole. */
  @Test
  void theRingGoesRound() {
    var random = new SplittableRandom(7);
    Exchange exchange = exchange("198.51.100.7", 1, Transport.TCP);
    int asked = 0;
    for (int round = 0; round < 200; round++) {
      int several = 1 + random.nextInt(4);
      for (int i = 0; i < several; i++) {
        int octets = 1 + random.nextInt(65_535);
        ask(
            new TappedHandler(replying(octets), taps),
            1 + random.nextInt(65_535),
            asked++,
            exchange);
      }
      taps.drain(seen::add);
    }
    assertThat(taps.lost()).isZero();
    assertThat(seen).hasSize(asked);
    for (int i = 0; i < asked; i++) {
      assertThat(seen.get(i).query()).containsOnly(i);
      assertThat(seen.get(i).reply()).containsOnly(i);
    }
  }

  /** A thread each: the reader sees all that the writer did not lose, in order. */
  @Test
  void oneWritesWhileAnotherReads() throws InterruptedException {
    var handler = new TappedHandler(replying(40), taps);
    int queries = 300_000;
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  Exchange exchange = exchange("198.51.100.7", 1, Transport.UDP);
                  for (int i = 0; i < queries; i++) {
                    ask(handler, 30, i, exchange);
                  }
                });
    long[] last = {0};
    Runnable look =
        () ->
            taps.drain(
                tapped -> {
                  assertThat(tapped.nanos()).isGreaterThan(last[0]);
                  last[0] = tapped.nanos();
                  seen.add(tapped);
                });
    while (writer.isAlive()) {
      look.run();
    }
    writer.join();
    look.run();
    assertThat(seen.size() + taps.lost()).isEqualTo(queries);
    assertThat(seen)
        .allSatisfy(tapped -> assertThat(tapped.query()[0]).isEqualTo(tapped.reply()[0]));
  }
}
