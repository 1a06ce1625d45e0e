package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.option;
import static io.fairlead.dns.testing.World.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.cookie.CookieSecret;
import io.fairlead.dns.cookie.CookieSecrets;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.limit.RateLimitSpec;
import io.fairlead.dns.limit.RateLimiter;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a flood over UDP is sent, and who is none. */
class LimitingTest {
  private static final int RATE = 10;
  private static final int FLOOD = 1000;
  private static final byte[] CLIENT_COOKIE = HexFormat.of().parseHex("2464c4abcf10c957");

  private long nanos;
  private final SnapshotCell cell = new SnapshotCell();
  private final RateLimiter limiter =
      new RateLimiter(new RateLimitSpec(true, RATE, 2, 24, 56, List.of()), () -> nanos, 1);
  private final ServerCookies cookies =
      new ServerCookies(InstantSource.system(), CookieSecrets.of(new CookieSecret(1, 2)));
  private final Asker asker =
      new Asker(new QueryHandler(cell, new AnswerRules(EdnsSettings.DEFAULT, cookies, limiter)));

  LimitingTest() {
    cell.publish(
        new World()
            .zone(
                "example",
                """
                a       300 A     192.0.2.1
                b       300 A     192.0.2.2
                *.wild  300 TXT   wild
                sub     300 NS    ns.elsewhere.test.
                *.mail  300 MX    10 a
                large   300 TXT   %s
                """
                    .formatted(("\"" + "x".repeat(200) + "\" ").repeat(5)))
            .service(
                "fruit.example",
                List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1")))
            .snapshot());
  }

  /** A hundred times the rate for a second. */
  private Map<Outcome, Integer> flood(IntFunction<RawQuery> queries) {
    var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
    for (int i = 0; i < FLOOD; i++) {
      nanos += 1_000_000;
      asker.send(queries.apply(i).bytes());
      outcomes.merge(asker.outcome(), 1, Integer::sum);
    }
    return outcomes;
  }

  /** Whatever is the same in a flood: the name, or only what answers random ones. */
  @ParameterizedTest
  @CsvSource({
    "a.example, A, ANSWER",
    "fruit.example, A, ANSWER",
    "example, ANY, ANSWER",
    "a.example, MX, NO_DATA",
    "%d.example, A, NX_DOMAIN",
    "%d.a.example, A, NX_DOMAIN",
    "%d.wild.example, TXT, ANSWER",
    "%d.wild.example, A, NO_DATA",
    "%d.sub.example, A, REFERRAL",
    "%d.test, A, REFUSED",
  })
  void aFloodOfOneKindGetsItsRate(String name, String type, Outcome outcome) {
    var outcomes = flood(i -> RawQuery.of(name.replace("%d", "n" + i), type));

    assertThat(outcomes).containsOnlyKeys(outcome, Outcome.SLIPPED, Outcome.LIMITED);
    assertThat(outcomes.get(outcome)).isBetween(RATE, 3 * RATE);
    assertThat(outcomes.get(Outcome.LIMITED))
        .isCloseTo(FLOOD / 2, org.assertj.core.data.Offset.offset(3 * RATE));
  }

  @Test
  void malformedQueriesAreAKindToo() {
    assertThat(flood(_ -> RawQuery.of("a.example", "TYPE128")).get(Outcome.FORM_ERROR))
        .isBetween(RATE, 3 * RATE);
    assertThat(flood(_ -> RawQuery.empty().flags(15 << 11)).get(Outcome.NOT_IMPLEMENTED))
        .isBetween(RATE, 3 * RATE);
  }

  @Test
  void otherNamesAndOtherClientsAreNotInIt() {
    flood(_ -> RawQuery.of("a.example", "A"));

    asker.ask("b.example", "A");
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    asker.from("203.0.113.1").ask("a.example", "A");
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
  }

  /** RFC 5358, RFC 7766 section 5: TC and no record, so that a real client asks over TCP. */
  @Test
  void whatSlipsLeadsToTcp() {
    byte[] slipped = firstSlipped(RawQuery.of("a.example", "A"));

    assertThat(Asker.parse(slipped).toString()).contains("NOERROR", "qr tc rd");
    assertThat(slipped).hasSameSizeAs(RawQuery.of("a.example", "A").bytes());
    assertThat(firstSlipped(RawQuery.of("b.example", "A").opt(1232, 0, RawQuery.subnet(1, 0, 0))))
        .hasSameSizeAs(
            RawQuery.of("b.example", "A").opt(1232, 0, RawQuery.subnet(1, 0, 0)).bytes());
  }

  /** RFC 7873 section 5.2.3: who knows cookies gets one, and can ask again over UDP. */
  @Test
  void whoKnowsCookiesIsToldToUseOne() {
    var query = withCookie(CLIENT_COOKIE);
    byte[] slipped = firstSlipped(query);

    assertThat(Asker.parse(slipped).getRcode()).isEqualTo(org.xbill.DNS.Rcode.BADCOOKIE);
    assertThat(slipped.length).isLessThanOrEqualTo(query.bytes().length + 16);

    byte[] cookie = Arrays.copyOfRange(slipped, slipped.length - 24, slipped.length);
    assertThat(flood(_ -> withCookie(cookie))).containsOnlyKeys(Outcome.ANSWER);
  }

  /** It is one who is there: the handshake has shown it. */
  @Test
  void overTcpNobodyIsLimited() {
    asker.over(Transport.TCP);

    assertThat(flood(_ -> RawQuery.of("a.example", "A"))).containsOnlyKeys(Outcome.ANSWER);
  }

  /** What is not sent is not handed out: the shares stay as they are told. */
  @Test
  void whatIsNotSentIsNotHandedOut() {
    var outcomes = flood(_ -> RawQuery.of("fruit.example", "A"));

    assertThat(asker.handedOut(0)).isEqualTo((long) outcomes.getOrDefault(Outcome.ANSWER, 0));
  }

  /** F10, whatever is asked for, with 40 queries a second of one prefix, for 10 s. */
  @ParameterizedTest
  @CsvSource({
    "random%d.example, A",
    "example, ANY",
    "large.example, TXT",
    "h%d.mail.example, MX",
    "%d.sub.example, A",
  })
  void nobodyGainsOctetsByUs(String name, String type) {
    var usual = new RateLimiter(new RateLimitSpec(true, 200, 2, 24, 56, List.of()), () -> nanos, 1);
    var open =
        new Asker(new QueryHandler(cell, new AnswerRules(EdnsSettings.DEFAULT, cookies, usual)));
    long in = 0;
    long out = 0;
    for (int i = 0; i < 400; i++) {
      nanos += 1_000_000_000 / 40;
      byte[] query = RawQuery.of(name.replace("%d", "n" + i), type).opt(1232, 0).bytes();
      in += query.length;
      out += open.from("198.51.100." + i % 256).send(query).length;
    }
    assertThat((double) out / in).isLessThanOrEqualTo(1.5);
  }

  private byte[] firstSlipped(RawQuery query) {
    byte[] reply;
    do {
      reply = asker.send(query.bytes());
    } while (asker.outcome() != Outcome.SLIPPED);
    return reply;
  }

  private static RawQuery withCookie(byte[] cookie) {
    return RawQuery.of("a.example", "A").opt(1232, 0, option(10, cookie));
  }
}
