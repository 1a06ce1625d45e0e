package io.fairlead.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.testing.Zones;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be served is refused at load, each with what is wrong and what is allowed. */
class ZoneCheckerTest {
  private static final String DIGEST = " 13 2 " + "00".repeat(32);

  record Row(String records, String... texts) {
    @Override
    public String toString() {
      return records;
    }
  }

  static Stream<Row> records() {
    return Stream.of(
        new Row("a 300 A 192.0.2.1"),
        new Row("other.test. 300 A 192.0.2.1", "other.test A: it lies outside the zone example"),
        new Row(
            "@ 300 SOA ns1 h 1 2 3 4 5",
            "example SOA: a second SOA; the zone's own is made of its settings, leave them"
                + " out to take this one"),
        new Row(
            "a 300 SOA ns1 h 1 2 3 4 5",
            "a.example SOA: a second SOA; the zone's own is made of its settings, leave them"
                + " out to take this one"),
        new Row("@ 300 NS ns2", "example NS: the zone's own NS are made of its settings"),
        new Row(
            "*.a 300 NS ns.test.",
            "*.a.example NS: a wildcard delegates nothing (RFC 4592 section 4.2)"),
        new Row("@ 300 DS 1" + DIGEST, "example DS: DS belongs to the parent zone"),
        new Row(
            "a 300 TYPE251 \\# 0",
            "a.example IXFR: a type to ask for or to transport with, not to keep (RFC 6895 section"
                + " 3.1)"),
        new Row(
            "a 300 TYPE128 \\# 0",
            "a.example TYPE128: a type to ask for or to transport with, not to keep (RFC 6895"
                + " section 3.1)"),
        new Row(
            "a 300 A 192.0.2.1\na 60 A 192.0.2.2",
            "a.example A: its TTL is 60 s, that of the record before it 300 s; all of an RRset have"
                + " one (RFC 2181 section 5.2)"),
        new Row("a 300 A 192.0.2.1\na 60 TXT x"),
        new Row("a 300 A 192.0.2.1\na 300 A 192.0.2.1"),
        new Row(
            "a 300 CNAME b\na 300 TXT x",
            "a.example CNAME: a CNAME cannot stand beside other data of the same name (RFC 2181"
                + " section 10.1)"),
        new Row(
            "@ 300 CNAME b",
            "example CNAME: a CNAME cannot stand at the zone's apex, beside SOA and NS (RFC 2181"
                + " section 10.1)"),
        new Row(
            "service 300 CNAME b",
            "service.example CNAME: a CNAME cannot stand beside a service of the same name (RFC"
                + " 2181 section 10.1)"),
        new Row(
            "a 300 CNAME b\na 300 CNAME c",
            "a.example CNAME: a name has at most one CNAME (RFC 2181 section 10.1)"),
        new Row("a 300 CNAME b\na 300 CNAME B"),
        new Row("a 300 CNAME nowhere.test."),
        new Row("service 300 TXT beside"),
        new Row(
            "a 300 NS ns.a",
            "a.example NS: ns.a.example is in what is delegated, so its address must stand here too"
                + " (RFC 9471 section 3.1)"),
        new Row(
            "a 300 NS a",
            "a.example NS: a.example is in what is delegated, so its address must stand here too"
                + " (RFC 9471 section 3.1)"),
        new Row("a 300 NS ns.a\nns.a 300 AAAA 2001:db8::1"),
        new Row("a 300 NS ns.b"),
        new Row(
            "service 300 NS ns.test.",
            "the service service.example lies in service.example, which is delegated away"),
        new Row(
            "ns1 300 CNAME a",
            "the name server ns1.example is a CNAME (RFC 2181 section 10.3)",
            "ns1.example CNAME: a CNAME cannot stand beside other data of the same name (RFC 2181"
                + " section 10.1)"),
        new Row(
            "*.a 300 DNAME b",
            "*.a.example DNAME: a wildcard DNAME has no clear meaning (RFC 4592 section 4.4)"),
        new Row("a 300 DNAME b\na 300 DNAME c", "a.example DNAME: a name has at most one DNAME"),
        new Row(
            "a 300 DNAME b\nx.a 300 TXT x",
            "x.a.example TXT: nothing can stand below the DNAME of a.example"),
        new Row(
            "a 300 DNAME b\na 300 NS ns.test.",
            "a.example NS: a name is either delegated or has a DNAME"),
        new Row("a 300 DNAME b\na 300 TXT x"),
        new Row("a 300 NS ns.test.\n*.a 300 TXT unused\nb.a 300 CNAME unused"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void saysWhatIsWrongWithRecords(Row row) {
    List<ZoneProblem> problems =
        ZoneCompiler.check(
            List.of(Zones.zone("example", row.records())), List.of(Name.parse("service.example")));
    assertThat(problems).extracting(ZoneProblem::text).containsExactlyInAnyOrder(row.texts());
    assertThat(problems)
        .extracting(ZoneProblem::apex)
        .containsOnly(problems.stream().map(_ -> Name.parse("example")).toArray(Name[]::new));
  }

  static Stream<Row> services() {
    return Stream.of(
        new Row("a.example"),
        new Row("*.a.example"),
        new Row("example"),
        new Row("a.b.example"),
        new Row("a.test", "the service a.test lies in no zone of this server"),
        new Row("a.example A.example", "a second service A.example"),
        new Row(
            "x.cut.example",
            "the service x.cut.example lies in cut.example, which is delegated away"),
        new Row("x.d.example", "the service x.d.example lies below the DNAME of d.example"),
        new Row("d.example"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void saysWhatIsWrongWithServices(Row row) {
    List<Name> names = Stream.of(row.records().split(" ", -1)).map(Name::parse).toList();
    List<ZoneProblem> problems =
        ZoneCompiler.check(
            List.of(Zones.zone("example", "cut 300 NS ns.test.\nd 300 DNAME e")), names);
    assertThat(problems).extracting(ZoneProblem::text).containsExactly(row.texts());
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem.service()).isEqualTo(names.getLast()));
  }

  /** The very object, so that the loader can say file and line. */
  @Test
  void pointsAtTheRecord() {
    ZoneSpec zone = Zones.zone("example", "a 300 TXT x\na 300 CNAME b");
    assertThat(ZoneCompiler.check(List.of(zone), List.of()))
        .singleElement()
        .satisfies(problem -> assertThat(problem.record()).isSameAs(zone.records().get(1)));
  }

  /** What the settings made is nobody's line. */
  @Test
  void pointsAtNoRecordThatNobodyWrote() {
    assertThat(ZoneCompiler.check(List.of(Zones.zone("example", "@ 300 DNAME b")), List.of()))
        .extracting(ZoneProblem::record, ZoneProblem::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                null, "ns1.example A: nothing can stand below the DNAME of example"));
  }

  @Test
  void aZoneHasANameServer() {
    assertThat(texts(Zones.zone("example", List.of(), "")))
        .containsExactly("a zone needs at least one name server");
  }

  @Test
  void aNameServerInsideHasAnAddress() {
    var without = List.of(Zones.nameServer("ns1.example"));
    assertThat(texts(Zones.zone("example", without, "")))
        .containsExactly("the name server ns1.example is in the zone and has no address");
    assertThat(texts(Zones.zone("example", without, "ns1 300 A 192.0.2.1"))).isEmpty();
    assertThat(texts(Zones.zone("example", List.of(Zones.nameServer("ns.test")), ""))).isEmpty();
  }

  @Test
  void aZoneStandsOnce() {
    assertThat(texts(Zones.zone("example", ""), Zones.zone("EXAMPLE", "")))
        .containsExactly("a second zone EXAMPLE");
  }

  @Test
  void aWildcardIsNoZone() {
    assertThat(texts(Zones.zone("*.example", "")))
        .containsExactly("the zone's name begins with *: a wildcard is no zone (RFC 4592 4.1)");
  }

  @Test
  void aZoneBelowADnameCannotBe() {
    assertThat(texts(Zones.zone("example", "a 300 DNAME b"), Zones.zone("x.a.example", "")))
        .containsExactly("the zone lies below the DNAME of a.example");
  }

  /** RDATA comes from a parser that knows better; from another it may be anything. */
  @ParameterizedTest
  @ValueSource(
      ints = {RrType.A, RrType.AAAA, RrType.NS, RrType.CNAME, RrType.MX, RrType.PTR, RrType.DNAME})
  void rdataHasTheShapeOfItsType(int type) {
    for (byte[] rdata :
        List.of(new byte[] {}, new byte[] {1}, new byte[] {0, 1, 9}, new byte[] {0, 0, 0, 0, 0})) {
      var record = new StaticRecord(Name.parse("a.example"), type, 300, rdata);
      ZoneSpec empty = Zones.zone("example", "");
      var zone = new ZoneSpec(empty.apex(), empty.authority(), 1, List.of(record));
      assertThat(ZoneCompiler.check(List.of(zone), List.of()))
          .as("%d octets", rdata.length)
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem.record()).isSameAs(record));
    }
  }

  /** An RRset that no message can carry would be a name that cannot be asked for. */
  @Test
  void anRrsetFitsAMessage() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 4100; i++) {
      lines.add("a 300 A 10.0.%d.%d".formatted(i / 256, i % 256));
    }
    assertThat(texts(Zones.zone("example", String.join("\n", lines))))
        .containsExactly("a.example A: the RRset has 65600 octets, a message at most 65264");
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    assertThat(
            texts(
                Zones.zone("example", "a 300 SOA ns1 h 1 2 3 4 5\nother.test. 300 A 192.0.2.1"),
                Zones.zone("test", "b 300 NS b")))
        .hasSize(3);
  }

  @Test
  void whatIsWrongIsNotCompiled() {
    var zones = List.of(Zones.zone("example", "@ 300 NS ns2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ZoneCompiler.compile(zones, Map.of()))
        .withMessage(
            "1 problems, the first: example NS: the zone's own NS are made of its settings");
  }

  private static List<String> texts(ZoneSpec... zones) {
    return ZoneCompiler.check(List.of(zones), List.of()).stream().map(ZoneProblem::text).toList();
  }
}
