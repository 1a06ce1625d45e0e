package io.fairlead.dns.query;

import static io.fairlead.dns.testing.World.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.zone.SteeredRrSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A query that throws is one query's trouble (query of death). */
class GuardedHandlerTest {
  private static final String ANSWER = "NOERROR aa rd\nAN good.example. 2 A 192.0.2.1";

  private final List<Throwable> told = new ArrayList<>();
  private boolean broken = true;
  private int runs;

  private final Chooser throwing =
      (_, _, _, choice) -> {
        runs++;
        if (broken) {
          throw new IllegalStateException("out of order");
        }
        choice.take(0);
      };
  private final GuardedHandler guarded = guard(world());
  private final Asker asker = new Asker(guarded);

  private World world() {
    List<SteeredRrSet> bad = List.of(addresses(2, throwing, "192.0.2.2"));
    List<SteeredRrSet> good =
        List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1"));
    return new World()
        .zone("example", "")
        .service("bad.example", bad)
        .service("*.bad.example", bad)
        .service("good.example", good);
  }

  private GuardedHandler guard(World world) {
    var cell = new SnapshotCell();
    cell.publish(world.snapshot());
    return new GuardedHandler(new QueryHandler(cell, EdnsSettings.DEFAULT), told::add);
  }

  @Test
  void isServfailForItselfAlone() {
    assertThat(ask("bad.example")).isEqualTo("SERVFAIL rd");
    assertThat(asker.outcome()).isEqualTo(Outcome.SERVER_FAILURE);
    assertThat(ask("good.example")).isEqualTo(ANSWER);
    assertThat(guarded.failures()).isOne();
  }

  @Test
  void isRefusedUnrunAfterThreeFailuresInARow() {
    for (int i = 0; i < GuardedHandler.FAILURES_TO_BLOCK; i++) {
      assertThat(ask("bad.example")).isEqualTo("SERVFAIL rd");
    }
    assertThat(ask("BAD.example")).as("in any case").isEqualTo("REFUSED rd");
    assertThat(asker.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(runs).isEqualTo(3);
    assertThat(asker.transcript(RawQuery.of("bad.example", "TXT")))
        .as("another type")
        .startsWith("NOERROR");
    assertThat(ask("good.example")).isEqualTo(ANSWER);
    assertThat(asker.transcript(RawQuery.of("x.bad.example", "A")))
        .as("another name")
        .isEqualTo("SERVFAIL rd");
  }

  @Test
  void isNotBlockedWhereItGoesWellInBetween() {
    for (int i = 0; i < 10; i++) {
      broken = i % 3 != 2;
      assertThat(ask("bad.example")).as("query %d", i).startsWith(broken ? "SERVFAIL" : "NOERROR");
    }
  }

  @Test
  void comesBackByItselfOnceTheFaultIsGone() {
    for (int i = 0; i < GuardedHandler.FAILURES_TO_BLOCK; i++) {
      ask("bad.example");
    }
    broken = false;
    int refused = 0;
    while (ask("bad.example").startsWith("REFUSED")) {
      refused++;
    }
    assertThat(refused).isEqualTo(GuardedHandler.TRIAL_EVERY - 1);
    assertThat(ask("bad.example")).startsWith("NOERROR aa rd\nAN");
  }

  @Test
  void staysBlockedWhileTheTrialsFail() {
    for (int i = 0; i < GuardedHandler.FAILURES_TO_BLOCK + 2 * GuardedHandler.TRIAL_EVERY; i++) {
      ask("bad.example");
    }
    assertThat(runs).isEqualTo(GuardedHandler.FAILURES_TO_BLOCK + 2);
    assertThat(guarded.failures()).isEqualTo(runs);
  }

  @Test
  void eachDistinctFailureIsToldOnce() {
    for (int i = 0; i < 100; i++) {
      ask("x" + i + ".bad.example");
    }
    assertThat(guarded.failures()).isEqualTo(100);
    assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void distinctFailuresAreToldUpToABound() {
    PacketHandler various =
        (_, _, _, exchange) -> {
          var failure = new IllegalStateException();
          int id = exchange.question.end();
          failure.setStackTrace(
              new StackTraceElement[] {new StackTraceElement("C", "m", "f", runs++ + id)});
          throw failure;
        };
    var asker = new Asker(new GuardedHandler(various, told::add));
    for (int i = 0; i < 1000; i++) {
      asker.send(RawQuery.of("x" + i, "A").bytes());
    }
    assertThat(told).hasSize(64);
  }

  /** Errors too: a stack overflow of one query is no reason to stop the others. */
  @Test
  void anErrorIsAFailureToo() {
    PacketHandler overflowing =
        (_, _, _, _) -> {
          throw new StackOverflowError();
        };
    var asker = new Asker(new GuardedHandler(overflowing, told::add));
    assertThat(asker.transcript(RawQuery.of("a.example", "A"))).isEqualTo("SERVFAIL rd");
  }

  /** A packet whose header cannot be trusted is not answered, whatever was thrown. */
  @Test
  void whatIsNoQueryIsDropped() {
    PacketHandler throwing =
        (_, _, _, _) -> {
          throw new IllegalStateException();
        };
    var asker = new Asker(new GuardedHandler(throwing, told::add));
    for (int i = 0; i < 5; i++) {
      assertThat(asker.send(new byte[] {1, 2, 3})).isEmpty();
      assertThat(asker.send(RawQuery.of("a", "A").flags(0x8000).bytes())).isEmpty();
      assertThat(asker.transcript(RawQuery.empty().count(0, 1)))
          .isEqualTo("SERVFAIL rd no question");
    }
  }

  private String ask(String name) {
    return asker.transcript(RawQuery.of(name, "A"));
  }
}
