package io.fairlead.dns.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.limit.RateLimiter.Ruling;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one prefix may be sent, and that nobody else pays for it. */
class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int KIND = 7;
  private static final int QUERY = 60;

  private long nanos = 123 * SECOND;

  private RateLimiter limiter(int responsesPerSecond, int slip, Prefix... allow) {
    var spec = new RateLimitSpec(true, responsesPerSecond, slip, 24, 56, List.of(allow));
    return new RateLimiter(spec, () -> nanos, 42);
  }

  private static Address peer(String text) {
    var address = new Address();
    address.set(InetAddress.ofLiteral(text));
    return address;
  }

  private record Rulings(int sent, int slipped, int dropped) {
    Rulings plus(Ruling ruling) {
      return switch (ruling) {
        case SEND -> new Rulings(sent + 1, slipped, dropped);
        case SLIP -> new Rulings(sent, slipped + 1, dropped);
        case DROP -> new Rulings(sent, slipped, dropped + 1);
      };
    }
  }

  /** So many a second, evenly spread over that time, each of the query's own size. */
  private Rulings flood(RateLimiter limiter, String peer, int kind, int perSecond, int seconds) {
    var rulings = new Rulings(0, 0, 0);
    Address from = peer(peer);
    for (int i = 0; i < perSecond * seconds; i++) {
      nanos += SECOND / perSecond;
      rulings = rulings.plus(limiter.rule(from, kind, QUERY, QUERY));
    }
    return rulings;
  }

  @Test
  void belowTheRateAllIsSent() {
    assertThat(flood(limiter(200, 2), "198.51.100.7", KIND, 199, 20).sent()).isEqualTo(199 * 20);
  }

  /** A second's worth at once, and the rate from then on. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 200, 1000})
  void aboveTheRateTheRateIsSent(int rate) {
    int sent = flood(limiter(rate, 2), "198.51.100.7", KIND, 10 * rate, 20).sent();

    assertThat(sent).isBetween(20 * rate, 22 * rate);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void everySoManiethSlips(int slip) {
    var rulings = flood(limiter(10, slip), "198.51.100.7", KIND, 1000, 10);
    int over = 10_000 - rulings.sent();

    assertThat(rulings.slipped()).isBetween(over / slip - 1, over / slip + 1);
  }

  @Test
  void withoutSlipAllAreDropped() {
    var rulings = flood(limiter(10, 0), "198.51.100.7", KIND, 1000, 10);

    assertThat(rulings.slipped()).isZero();
    assertThat(rulings.dropped()).isEqualTo(10_000 - rulings.sent());
  }

  @Test
  void aPrefixIsLimitedTogetherAndNoOther() {
    RateLimiter limiter = limiter(10, 0);
    flood(limiter, "198.51.100.7", KIND, 1000, 1);

    assertThat(limiter.rule(peer("198.51.100.200"), KIND, QUERY, QUERY)).isEqualTo(Ruling.DROP);
    assertThat(limiter.rule(peer("198.51.101.7"), KIND, QUERY, QUERY)).isEqualTo(Ruling.SEND);

    flood(limiter, "2001:db8:0:aa00::1", KIND, 1000, 1);
    assertThat(limiter.rule(peer("2001:db8:0:aaff::2"), KIND, QUERY, QUERY)).isEqualTo(Ruling.DROP);
    assertThat(limiter.rule(peer("2001:db8:0:ab00::1"), KIND, QUERY, QUERY)).isEqualTo(Ruling.SEND);
  }

  @Test
  void anotherKindHasItsOwnRate() {
    RateLimiter limiter = limiter(10, 0);
    flood(limiter, "198.51.100.7", KIND, 1000, 1);

    assertThat(limiter.rule(peer("198.51.100.7"), KIND, QUERY, QUERY)).isEqualTo(Ruling.DROP);
    assertThat(limiter.rule(peer("198.51.100.7"), KIND + 1, QUERY, QUERY)).isEqualTo(Ruling.SEND);
  }

  @Test
  void whoStopsIsSoonForgiven() {
    RateLimiter limiter = limiter(10, 0);
    flood(limiter, "198.51.100.7", KIND, 1000, 5);
    nanos += SECOND / 10;

    assertThat(limiter.rule(peer("198.51.100.7"), KIND, QUERY, QUERY)).isEqualTo(Ruling.SEND);
  }

  @Test
  void whoIsAllowedIsNeverLimited() {
    RateLimiter limiter =
        limiter(1, 0, new Prefix(InetAddress.ofLiteral("198.51.100.0"), 25), loopback());

    assertThat(flood(limiter, "198.51.100.7", KIND, 1000, 1).sent()).isEqualTo(1000);
    assertThat(flood(limiter, "::1", KIND, 1000, 1).sent()).isEqualTo(1000);
    assertThat(flood(limiter, "198.51.100.128", KIND, 1000, 1).sent()).isLessThan(10);
    assertThat(flood(limiter, "::2", KIND, 1000, 1).sent()).isLessThan(10);
  }

  private static Prefix loopback() {
    return RateLimitSpec.LOOPBACK.getLast();
  }

  /**
   * F10: over 10 s no prefix gets more than 1.5 octets for each one that came from there, whatever
   * names and kinds are asked for, where at least 40 queries a second come.
   */
  @ParameterizedTest
  @ValueSource(ints = {40, 80, 150, 500, 5000, 50_000})
  void nobodyGainsOctetsByUs(int perSecond) {
    RateLimiter limiter = limiter(200, 2);
    var random = new SplittableRandom(20_261_125);
    for (int round = 0; round < 3; round++) {
      long in = 0;
      long out = 0;
      for (int i = 0; i < 10 * perSecond; i++) {
        nanos += SECOND / perSecond;
        int reply = 100 + random.nextInt(1132);
        in += QUERY;
        out +=
            switch (limiter.rule(peer("198.51.100.7"), random.nextInt(), QUERY, reply)) {
              case SEND -> reply;
              case SLIP -> QUERY;
              case DROP -> 0;
            };
      }
      assertThat((double) out / in).as("round %d", round).isLessThanOrEqualTo(1.5);
    }
  }

  /** 10 answers and 5 noes a second from one prefix are a busy resolver, and no attack. */
  @Test
  void aBusyResolverWithoutCookiesMeetsNoLimit() {
    RateLimiter limiter = limiter(200, 2);
    Address resolver = peer("198.51.100.7");
    for (int i = 0; i < 15 * 60; i++) {
      nanos += SECOND / 15;
      int reply = i % 3 == 0 ? QUERY + 55 : QUERY + 16;
      assertThat(limiter.rule(resolver, i % 500, QUERY, reply)).isEqualTo(Ruling.SEND);
    }
  }

  /**
   * F11: a flood of prefixes makes it forget some, and takes no memory; a loud one stays limited.
   */
  @Test
  void aFloodOfPrefixesHidesNoLoudOne() {
    RateLimiter limiter = limiter(10, 0);
    var random = new SplittableRandom(1);
    var stranger = new Address();
    int sent = 0;
    for (int i = 0; i < 200_000; i++) {
      nanos += SECOND / 20_000;
      stranger.setIpv4(random.nextInt(), 32);
      limiter.rule(stranger, KIND, QUERY, QUERY);
      if (limiter.rule(peer("198.51.100.7"), KIND, QUERY, QUERY) == Ruling.SEND) {
        sent++;
      }
    }
    assertThat(sent).as("in 10 s").isBetween(100, 150);
  }

  /** The clock's 40 bits begin again after 13 days. */
  @Test
  void aTurnOfTheClockLimitsNobody() {
    RateLimiter limiter = limiter(10, 0);
    long turn = (1L << 40) << 10;
    for (long start : List.of(turn - SECOND, 2 * turn - 10 * SECOND, turn * 7 / 2)) {
      nanos = start;
      assertThat(flood(limiter, "198.51.100.7", KIND, 10, 3).sent()).isEqualTo(30);
    }
  }

  @Test
  void threadsShareOneLimit() throws InterruptedException {
    RateLimiter limiter = limiter(1000, 0);
    var sent = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Address from = peer("198.51.100.7");
                    for (int n = 0; n < 50_000; n++) {
                      if (limiter.rule(from, KIND, QUERY, QUERY) == Ruling.SEND) {
                        sent.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(sent.get()).as("time stands still: a second's worth").isEqualTo(1000);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> limiter(0, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> limiter(200, 11));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Prefix(InetAddress.ofLiteral("192.0.2.0"), 33))
        .withMessage("a prefix of 33 bits for 192.0.2.0");
  }
}
