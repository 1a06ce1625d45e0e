package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.RD;
import static io.fairlead.dns.testing.RawQuery.name;
import static io.fairlead.dns.testing.RawQuery.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a message by its header and its form, before anything is looked up. */
class HeaderAndMessageTest {
  private static final String ANSWER = "NOERROR aa rd\nAN a.example. 300 A 192.0.2.1";
  private static final String LONG_LABEL = "x".repeat(63);

  private final Asker asker =
      new World().zone("example", "a 300 A 192.0.2.1\na\\000b 300 A 192.0.2.2").asker();

  record Row(String rfc, String what, RawQuery query, String expected) {
    @Override
    public String toString() {
      return what + " (RFC " + rfc + ")";
    }
  }

  static Stream<Row> judgedByTheHeader() {
    return Stream.of(
        new Row("1035 4.1.1", "a reply", question().flags(0x8000 | RD), "nothing"),
        new Row("1035 4.1.1", "opcode 15", question().flags(15 << 11), notImplemented(15)),
        new Row(
            "8906 8.1.4",
            "opcode 15, header only",
            RawQuery.empty().flags(15 << 11),
            notImplemented(15)),
        new Row("3425", "IQUERY", question().flags(1 << 11), notImplemented(1)),
        new Row("1035 4.1.1", "STATUS", question().flags(2 << 11), notImplemented(2)),
        new Row("1996", "NOTIFY", question().flags(4 << 11), notImplemented(4)),
        new Row("2136 3.1", "UPDATE", question().flags(5 << 11), notImplemented(5)),
        new Row(
            "9619 4",
            "two questions",
            question().question(name("b.example"), 1, 1),
            "FORMERR rd no question"),
        new Row("1035 4.1.1", "no question", RawQuery.empty(), "FORMERR rd no question"),
        new Row("1035 4.1.1", "an RCODE in a query", question().flags(RD | 5), ANSWER),
        new Row(
            "1035 4.1.1, 4035 3.1.6",
            "all flags set: only RD comes back",
            question().flags(0x07f0),
            ANSWER),
        new Row("1035 4.1.1", "no flag set", question().flags(0), ANSWER.replace(" rd", "")));
  }

  static Stream<Row> judgedByTheForm() {
    String formErr = "FORMERR rd no question";
    String formErrWithQuestion = "FORMERR rd";
    return Stream.of(
        new Row("1035 4.1.2", "QNAME cut off", raw(3, 'a', 'b'), formErr),
        new Row("1035 4.1.2", "QNAME without its end", raw(1, 'a'), formErr),
        new Row("1035 4.1.2", "QTYPE cut off", raw(1, 'a', 0, 0), formErr),
        new Row("1035 4.1.2", "QCLASS cut off", raw(1, 'a', 0, 0, 1, 0), formErr),
        new Row("1035 4.1.2", "nothing behind the header", raw(), formErr),
        new Row("1035 4.1.4", "a pointer to itself", raw(0xc0, 12, 0, 1, 0, 1), formErr),
        new Row("1035 4.1.4", "a pointer forward", raw(0xc0, 18, 0, 1, 0, 1, 1, 'a', 0), formErr),
        new Row("1035 4.1.4", "a pointer into the header", raw(0xc0, 0, 0, 1, 0, 1), formErr),
        new Row(
            "1035 4.1.4",
            "a pointer back into the same name",
            raw(1, 'a', 0xc0, 12, 0, 1, 0, 1),
            formErr),
        new Row("6891 5", "label type 01", raw(0x41, 'a', 0, 0, 1, 0, 1), formErr),
        new Row("1035 2.3.4", "label type 10", raw(0x80, 'a', 0, 0, 1, 0, 1), formErr),
        new Row(
            "1035 4.1.1",
            "an additional record that is not there",
            question().count(3, 1),
            formErrWithQuestion),
        new Row(
            "1035 4.1.1",
            "65,535 answers that are not there",
            question().count(1, 0xffff),
            formErrWithQuestion),
        new Row(
            "1035 4.1.3",
            "a record's head cut off",
            question().count(1, 1).octetsAfter(octets(0, 0, 1)),
            formErrWithQuestion),
        new Row(
            "1035 4.1.3",
            "RDATA cut off",
            question().count(1, 1).octetsAfter(octets(0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1)),
            formErrWithQuestion),
        new Row(
            "1035 4.1.4",
            "an owner that points to itself",
            additional(octets(0xc0, 27)),
            formErrWithQuestion),
        new Row(
            "1035 4.1.4",
            "an owner that points forward",
            additional(octets(0xc0, 30)),
            formErrWithQuestion),
        new Row(
            "1035 4.1.4",
            "an owner that points into the header",
            additional(octets(0xc0, 3)),
            formErrWithQuestion),
        new Row(
            "1035 4.1.4",
            "an owner whose pointer is cut off",
            question().count(3, 1).octetsAfter(octets(0xc0)),
            formErrWithQuestion),
        new Row(
            "1035 2.3.4",
            "an owner of a reserved label type",
            additional(octets(0x81, 0)),
            formErrWithQuestion),
        new Row(
            "1035 2.3.4",
            "an owner of more than 255 octets",
            additional(longName(70)),
            formErrWithQuestion),
        new Row("1035 4.1.4", "an owner that points back", additional(octets(0xc0, 12)), ANSWER),
        new Row("-", "records in all sections mean nothing", inAllSections(), ANSWER),
        new Row("-", "octets behind the message", question().octetsAfter(octets(1, 2, 3)), ANSWER),
        new Row(
            "2181 11",
            "a zero octet in a label",
            RawQuery.empty().question(name("a\0b.example"), 1, 1),
            "NOERROR aa rd\nAN a\\000b.example. 300 A 192.0.2.2"));
  }

  @ParameterizedTest
  @MethodSource({"judgedByTheHeader", "judgedByTheForm"})
  void isAnsweredAs(Row row) {
    assertThat(asker.transcript(row.query())).isEqualTo(row.expected());
  }

  /** RFC 1035 section 4.1.1: fewer octets than a header cannot be answered. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 11})
  void aFragmentOfAHeaderIsDropped(int length) {
    assertThat(asker.send(Arrays.copyOf(question().bytes(), length))).isEmpty();
    assertThat(asker.outcome()).isEqualTo(Outcome.DROPPED);
  }

  /** RFC 1035 section 2.3.4: 255 octets are a name, 256 are none. */
  @Test
  void aNameHasAtMost255Octets() {
    String prefix = (LONG_LABEL + ".").repeat(3);
    byte[] longest = name(prefix + "y".repeat(53) + ".example");
    byte[] tooLong = name(prefix + "y".repeat(54) + ".example");

    assertThat(longest).hasSize(255);
    assertThat(asker.transcript(RawQuery.empty().question(longest, 1, 1)))
        .startsWith("NXDOMAIN aa rd\nAU example. 30 SOA");
    assertThat(asker.transcript(RawQuery.empty().question(tooLong, 1, 1)))
        .isEqualTo("FORMERR rd no question");
  }

  /** RFC 4343: case is not compared; the 0x20 draft: the asker finds its own case again. */
  @Test
  void theCaseOfTheQuestionComesBack() {
    byte[] reply = asker.send(RawQuery.of("A.eXaMpLe", "A").bytes());

    assertThat(new String(reply, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("\1A\7eXaMpLe\0");
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
  }

  private static RawQuery question() {
    return RawQuery.of("a.example", "A");
  }

  private static RawQuery additional(byte[] owner) {
    return question().record(3, owner, 1, 1, 0, octets(192, 0, 2, 9));
  }

  private static RawQuery inAllSections() {
    byte[] rdata = octets(192, 0, 2, 9);
    return question()
        .record(1, name("a.example"), 1, 1, 9, rdata)
        .record(2, name("b.example"), 999, 1, 9, rdata)
        .record(3, name("c.example"), 1, 1, 9, rdata);
  }

  private static byte[] longName(int labels) {
    return name("abc.".repeat(labels));
  }

  /** One question, as it is told by its octets. */
  private static RawQuery raw(int... octets) {
    return RawQuery.empty().count(0, 1).octetsAfter(octets(octets));
  }

  private static String notImplemented(int opcode) {
    return "NOTIMP opcode" + opcode + " no question";
  }
}
