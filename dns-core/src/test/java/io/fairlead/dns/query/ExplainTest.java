package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.subnet;
import static io.fairlead.dns.testing.World.addresses;
import static io.fairlead.dns.testing.World.cname;
import static io.fairlead.dns.testing.World.rrset;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Reason;
import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.dns.zone.SteeredRrSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recording exchange goes the same way and says why; it leaves no trace. */
class ExplainTest {
  record Chosen(int record) implements Reason {
    @Override
    public String text() {
      return "record " + record + " is next";
    }
  }

  private static final String FROM_RESOLVER =
      "the client is taken to be where the query came from, 198.51.100.7/32";
  private static final String IN_ZONE = "the name lies in the zone example";
  private static final String SCOPE_0 = "no client subnet narrowed the answer (scope 0)";

  private final Turn turn = new Turn();
  private final World world =
      new World()
          .zone(
              "example",
              """
              info   300 TXT   hello
              www    300 CNAME fruit
              out    300 CNAME www.elsewhere.test.
              *.wild 300 TXT   wild
              sub    300 NS    ns.elsewhere.test.
              old    300 DNAME wild
              """)
          .zone("child.example", "www 300 CNAME info.example.")
          .service("fruit.example", List.of(rotating()), "pome.example")
          .service(
              "cdn.example",
              List.of(
                  rrset(
                      RrType.CNAME,
                      5,
                      (_, _, _, choice) -> choice.take(0),
                      List.of(cname("info.example")))));

  private SteeredRrSet rotating() {
    List<SteeredRecord> records =
        addresses(2, (_, _, _, _) -> {}, "192.0.2.1", "192.0.2.2").records();
    return new SteeredRrSet(
        RrType.A,
        2,
        records,
        (_, _, own, choice) -> {
          int next = (int) (own.next() % 2);
          choice.take(next);
          choice.narrowScope(20);
          if (choice.records()) {
            choice.because(new Chosen(next));
          }
        },
        turn);
  }

  record Row(String question, String... steps) {
    @Override
    public String toString() {
      return question;
    }
  }

  static Stream<Row> explanations() {
    return Stream.of(
        new Row(
            "info.example TXT", IN_ZONE, "info.example exists", "its TXT are static records: 1"),
        new Row("info.example A", IN_ZONE, "info.example exists", "it has no A"),
        new Row(
            "no.info.example A",
            IN_ZONE,
            "no.info.example does not exist; what exists of it is info.example"),
        new Row("a.test A", "no zone of this server holds a.test"),
        new Row(
            "q.wild.example TXT",
            IN_ZONE,
            "the name does not exist, *.wild.example stands for it",
            "its TXT are static records: 1"),
        new Row("x.sub.example A", IN_ZONE, "sub.example is delegated to other name servers"),
        new Row(
            "fruit.example A",
            IN_ZONE,
            "fruit.example exists",
            "it is the service fruit.example",
            "record 0 is next"),
        new Row(
            "pome.example A",
            IN_ZONE,
            "pome.example exists",
            "it is an alias of the service fruit.example",
            "record 0 is next"),
        new Row(
            "fruit.example MX",
            IN_ZONE,
            "fruit.example exists",
            "it is the service fruit.example",
            "it has no MX"),
        new Row(
            "www.example A",
            IN_ZONE,
            "www.example exists",
            "it is a CNAME, followed to fruit.example",
            "fruit.example exists",
            "it is the service fruit.example",
            "record 0 is next"),
        new Row(
            "out.example A",
            IN_ZONE,
            "out.example exists",
            "it is a CNAME, followed to www.elsewhere.test",
            "no zone of this server holds www.elsewhere.test"),
        new Row(
            "cdn.example TXT",
            IN_ZONE,
            "cdn.example exists",
            "it is the service cdn.example",
            "it is a CNAME, followed to info.example",
            "info.example exists",
            "its TXT are static records: 1"),
        new Row(
            "x.old.example TXT",
            IN_ZONE,
            "the DNAME of old.example puts it below wild.example",
            "the name does not exist, *.wild.example stands for it",
            "its TXT are static records: 1"),
        new Row(
            "www.child.example TXT",
            "the name lies in the zone child.example",
            "www.child.example exists",
            "it is a CNAME, followed to info.example",
            IN_ZONE,
            "info.example exists",
            "its TXT are static records: 1"));
  }

  @ParameterizedTest
  @MethodSource("explanations")
  void saysEachStep(Row row) {
    String[] question = row.question().split(" ", 2);
    List<String> texts = explain(RawQuery.of(question[0], question[1]));

    assertThat(texts).first().isEqualTo(FROM_RESOLVER);
    assertThat(texts).last().isEqualTo(SCOPE_0);
    assertThat(texts.subList(1, texts.size() - 1)).containsExactly(row.steps());
  }

  @Test
  void saysForWhomAndForWhomElse() {
    assertThat(explain(RawQuery.of("fruit.example", "A").opt(1232, 0, subnet(1, 24, 0, 192, 0, 2))))
        .startsWith("the client is in 192.0.2.0/24, as the query's client subnet says")
        .endsWith("the answer holds for all clients that share the first 20 bits");
  }

  @Test
  void saysThatItIsNotReady() {
    world.notReady();
    assertThat(explain(RawQuery.of("fruit.example", "A")))
        .contains("the first verdicts are not there yet");
  }

  /** The position is looked at and not taken: two looks see what the next query gets. */
  @Test
  void spendsNoTurn() {
    turn.next();
    assertThat(explain(RawQuery.of("fruit.example", "A"))).contains("record 1 is next");
    assertThat(explain(RawQuery.of("fruit.example", "A"))).contains("record 1 is next");
    assertThat(turn.next()).isEqualTo(1);
  }

  @Test
  void countsInNoMetric() {
    var counters = new Counters();
    counters.newTally();
    explain(RawQuery.of("fruit.example", "A"));
    for (Outcome outcome : Outcome.values()) {
      assertThat(counters.count(outcome)).isZero();
    }
    assertThat(counters.handedOut(0)).isZero();
  }

  /** The same octets, with or without reasons. */
  @ParameterizedTest
  @MethodSource("explanations")
  void answersTheSame(Row row) {
    String[] question = row.question().split(" ", 2);
    byte[] query = RawQuery.of(question[0], question[1]).opt(1232, 0).bytes();
    assertThat(respond(query, recording())).isEqualTo(Asker.of(world.snapshot()).send(query));
  }

  private List<String> explain(RawQuery query) {
    Exchange exchange = recording();
    respond(query.bytes(), exchange);
    return exchange.choice().reasons().stream().map(Reason::text).toList();
  }

  private static Exchange recording() {
    Exchange exchange = Exchange.recording();
    exchange.client().resolver().set(InetAddress.ofLiteral("198.51.100.7"));
    return exchange;
  }

  private byte[] respond(byte[] query, Exchange exchange) {
    var cell = new SnapshotCell();
    cell.publish(world.snapshot());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(Exchange.MAX_MESSAGE);
      MemorySegment reply = arena.allocate(Exchange.MAX_MESSAGE);
      MemorySegment.copy(query, 0, message, JAVA_BYTE, 0, query.length);
      int length =
          new QueryHandler(cell, EdnsSettings.DEFAULT)
              .respond(message, query.length, reply, exchange);
      return reply.asSlice(0, length).toArray(JAVA_BYTE);
    }
  }
}
