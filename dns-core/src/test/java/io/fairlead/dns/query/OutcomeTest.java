package io.fairlead.dns.query;

import static io.fairlead.dns.testing.World.addresses;
import static io.fairlead.dns.testing.World.rrset;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each query moves one outcome ({@link Asker} sees to that), and the right one. */
class OutcomeTest {
  private final Asker asker =
      new World()
          .zone(
              "example",
              """
              a     300 A     192.0.2.1
              www   300 CNAME a
              gone  300 CNAME nope
              sub   300 NS    ns.elsewhere.test.
              large 300 TYPE65280 \\# 600 %s
              """
                  .formatted("00".repeat(600)))
          .service(
              "up.example", List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1")))
          .service("empty.example", List.of(addresses(2, (_, _, _, _) -> {}, "192.0.2.1")))
          .service(
              "failing.example",
              List.of(addresses(2, (_, _, _, choice) -> choice.servfail(), "192.0.2.1")))
          .service(
              "silent.example",
              List.of(addresses(2, (_, _, _, choice) -> choice.drop(), "192.0.2.1")))
          .asker();

  record Row(Outcome outcome, RawQuery query, String what) {
    @Override
    public String toString() {
      return what + " is " + outcome;
    }
  }

  static Stream<Row> queries() {
    return Stream.of(
        row(Outcome.ANSWER, "a.example", "A"),
        row(Outcome.ANSWER, "www.example", "A"),
        row(Outcome.ANSWER, "up.example", "A"),
        row(Outcome.NO_DATA, "a.example", "MX"),
        row(Outcome.NO_DATA, "www.example", "MX"),
        row(Outcome.NO_DATA, "up.example", "AAAA"),
        row(Outcome.NO_DATA, "empty.example", "A"),
        row(Outcome.NX_DOMAIN, "nope.example", "A"),
        row(Outcome.NX_DOMAIN, "gone.example", "A"),
        row(Outcome.REFERRAL, "x.sub.example", "A"),
        row(Outcome.TRUNCATED, "large.example", "TYPE65280"),
        row(Outcome.REFUSED, "a.test", "A"),
        row(Outcome.REFUSED, "example", "AXFR"),
        row(Outcome.FORM_ERROR, "a.example", "TYPE128"),
        new Row(Outcome.FORM_ERROR, RawQuery.empty(), "no question"),
        new Row(Outcome.BAD_VERSION, RawQuery.of("a.example", "A").opt(1232, 1 << 16), "version 1"),
        new Row(Outcome.NOT_IMPLEMENTED, RawQuery.empty().flags(4 << 11), "NOTIFY"),
        row(Outcome.SERVER_FAILURE, "failing.example", "A"),
        new Row(Outcome.DROPPED, RawQuery.empty().flags(0x8000), "a reply"),
        row(Outcome.DROPPED, "silent.example", "A"));
  }

  private static Row row(Outcome outcome, String name, String type) {
    return new Row(outcome, RawQuery.of(name, type), name + " " + type);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void isCounted(Row row) {
    asker.send(row.query().bytes());
    assertThat(asker.outcome()).isEqualTo(row.outcome());
  }

  @Test
  void noOutcomeIsForgottenHere() {
    Set<Outcome> tested = queries().map(Row::outcome).collect(Collectors.toSet());
    var byOtherTests = EnumSet.of(Outcome.COOKIE, Outcome.SLIPPED, Outcome.LIMITED);
    assertThat(tested)
        .as("CookieTest and LimitingTest see to the others")
        .isEqualTo(EnumSet.complementOf(byOtherTests));
  }

  @Test
  void whatIsSentIsCountedAsHandedOut() {
    var three =
        new World()
            .zone("example", "www 300 CNAME all")
            .service(
                "all.example",
                List.of(addresses(2, first(3), "192.0.2.1", "192.0.2.2", "192.0.2.3")))
            .service(
                "two.example",
                List.of(
                    addresses(
                        2,
                        (_, _, _, choice) -> {
                          choice.take(2);
                          choice.take(0);
                        },
                        "192.0.2.1",
                        "192.0.2.2",
                        "192.0.2.3")))
            .asker();
    three.ask("all.example", "A");
    three.ask("www.example", "A");
    three.ask("two.example", "A");
    three.ask("two.example", "AAAA");

    assertThat(List.of(three.handedOut(0), three.handedOut(1), three.handedOut(2)))
        .containsExactly(3L, 2L, 3L);
  }

  /** A truncated reply hands nothing out: the asker comes again by TCP. */
  @Test
  void whatIsNotSentIsNotCountedAsHandedOut() {
    String[] many = new String[60];
    for (int i = 0; i < many.length; i++) {
      many[i] = "192.0.2." + i;
    }
    var asker =
        new World()
            .zone("example", "")
            .service("many.example", List.of(addresses(2, first(60), many)))
            .asker();

    asker.ask("many.example", "A");
    assertThat(asker.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(asker.handedOut(0)).isZero();

    asker.over(Transport.TCP).ask("many.example", "A");
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    assertThat(asker.handedOut(0)).isOne();
    assertThat(asker.handedOut(59)).isOne();
  }

  @Test
  void aFallbackIsNobodysEndpoint() {
    var fallback =
        new SteeredRecord(RrType.A, new byte[] {(byte) 192, 0, 2, 99}, SteeredRecord.NO_ENDPOINT);
    var asker =
        new World()
            .zone("example", "")
            .service(
                "f.example",
                List.of(rrset(RrType.A, 2, (_, _, _, choice) -> choice.take(0), List.of(fallback))))
            .asker();
    asker.ask("f.example", "A");
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    assertThat(asker.handedOut(0)).isZero();
  }

  private static Chooser first(int count) {
    return (_, _, _, choice) -> {
      for (int i = 0; i < count; i++) {
        choice.take(i);
      }
    };
  }
}
