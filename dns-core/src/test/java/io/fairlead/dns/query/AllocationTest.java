package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.option;
import static io.fairlead.dns.testing.RawQuery.subnet;
import static io.fairlead.dns.testing.World.addresses;
import static io.fairlead.dns.testing.World.cname;
import static io.fairlead.dns.testing.World.rrset;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fairlead.dns.cookie.CookieSecret;
import io.fairlead.dns.cookie.CookieSecrets;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.dns.limit.RateLimiter;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.RrType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The query path allocates nothing: what it does not allocate, no collector stops it for. */
class AllocationTest {
  private static final int QUERIES = 100_000;
  private static final int WARM_UP = 200_000;

  /**
   * Octets: a way that is taken for the first time makes the compiler start anew, and is no query.
   */
  private static final long ONCE = 1_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final World world =
      new World()
          .zone(
              "example",
              """
              a       300 A     192.0.2.1
              www     300 CNAME fruit
              *.wild  300 TXT   wild
              sub     300 NS    ns.sub
              ns.sub  300 A     192.0.2.10
              old     300 DNAME wild
              large   300 TYPE65280 \\# 600 %s
              """
                  .formatted("00".repeat(600)))
          .service(
              "fruit.example",
              List.of(
                  addresses(
                      2,
                      (client, _, turn, choice) -> {
                        choice.take((int) (turn.next() % 2));
                        choice.narrowScope(client.decidingAddress(true).prefixLength());
                      },
                      "192.0.2.1",
                      "192.0.2.2")))
          .service(
              "cdn.example",
              List.of(
                  rrset(
                      RrType.CNAME,
                      5,
                      (_, _, _, choice) -> choice.take(0),
                      List.of(cname("fruit.example")))));

  static Stream<String> questions() {
    return Stream.of(
        "a.example A",
        "fruit.example A",
        "www.example A",
        "cdn.example A",
        "fruit.example AAAA",
        "nope.example A",
        "a.b.c.d.e.f.g.h.i.j.nope.example A",
        "q.wild.example TXT",
        "x.old.example TXT",
        "x.sub.example A",
        "example ANY",
        "large.example TYPE65280",
        "elsewhere.test A",
        "a.example TYPE128");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void aQueryAllocatesNothing(String text) {
    String[] question = text.split(" ", 2);
    RawQuery plain = RawQuery.of(question[0], question[1]);
    assertThat(allocated(plain.bytes())).isLessThan(ONCE);
    byte[] cookie = option(10, new byte[24]);
    assertThat(allocated(plain.opt(1232, 0, subnet(1, 24, 0, 192, 0, 2), cookie).bytes()))
        .as("with a subnet and a cookie that is none of ours")
        .isLessThan(ONCE);
  }

  /** With cookies, limits and the guard, as the engines call it; over and below the limit. */
  private long allocated(byte[] message) {
    var cell = new SnapshotCell();
    cell.publish(world.snapshot());
    var limits = new RateLimitSpec(true, 100_000, 2, 24, 56, RateLimitSpec.LOOPBACK);
    var rules =
        new AnswerRules(
            EdnsSettings.DEFAULT,
            new ServerCookies(InstantSource.system(), CookieSecrets.of(new CookieSecret(1, 2))),
            new RateLimiter(limits, System::nanoTime, 1));
    var handler = new GuardedHandler(new QueryHandler(cell, rules), _ -> {});
    Exchange exchange = Exchange.of(new Counters().newTally());
    exchange.client().resolver().set(InetAddress.ofLiteral("198.51.100.7"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment query = arena.allocate(message.length);
      MemorySegment reply = arena.allocate(Exchange.MAX_MESSAGE);
      MemorySegment.copy(message, 0, query, JAVA_BYTE, 0, message.length);
      respond(WARM_UP, handler, query, message.length, reply, exchange);
      long before = threads.getCurrentThreadAllocatedBytes();
      respond(QUERIES, handler, query, message.length, reply, exchange);
      return threads.getCurrentThreadAllocatedBytes() - before;
    }
  }

  private static void respond(
      int times,
      PacketHandler handler,
      MemorySegment query,
      int length,
      MemorySegment reply,
      Exchange exchange) {
    for (int i = 0; i < times; i++) {
      handler.respond(query, length, reply, exchange);
    }
  }
}
