package io.fairlead.dns.query;

import static io.fairlead.dns.testing.World.addresses;
import static io.fairlead.dns.testing.World.cname;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.RrType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a name and a type, RFC by RFC. */
class TruthTest {
  private static final String RECORDS =
      """
      info        300 TXT   "served by fairlead"
      www         300 CNAME fruit
      zero          0 A     192.0.2.6
      a.ent       300 A     192.0.2.9
      mail        300 MX    10 mx.example.
      _sip._tcp   300 SRV   1 2 5060 mx
      odd         300 TYPE65280 \\# 4 01020304

      *.wild      300 A     192.0.2.7
      *.wild      300 TXT   "wild"
      x.host.wild 300 A     192.0.2.8
      *.cw        300 CNAME info

      deleg       300 NS    ns.deleg
      deleg       300 NS    ns.elsewhere.test.
      deleg       300 DS    1 13 2 0000000000000000000000000000000000000000000000000000000000000000
      ns.deleg    300 A     192.0.2.10
      ns.deleg    300 AAAA  2001:db8::10
      *.deleg     300 A     192.0.2.11
      sibling     300 NS    ns.deleg
      child       300 NS    ns.child
      child       300 DS    2 13 2 0000000000000000000000000000000000000000000000000000000000000000
      ns.child    300 A     192.0.2.12

      out         300 CNAME www.elsewhere.test.
      gone        300 CNAME nope
      untyped     300 CNAME info
      into        300 CNAME host.deleg
      over        300 CNAME www.child
      up          300 CNAME example.
      loop1       300 CNAME loop2
      loop2       300 CNAME loop1

      old         300 DNAME new
      old         300 TXT   "the owner itself"
      a.new       300 A     192.0.2.13
      deep        300 DNAME %s
      """
          .formatted(("z".repeat(60) + ".").repeat(3) + "new");

  private static final String SOA =
      "SOA ns1.example. hostmaster.example. 1800000000 3600 600 1209600 30";
  private static final String NO_SUCH_NAME = "NXDOMAIN aa rd\nAU example. 30 " + SOA;
  private static final String NO_SUCH_TYPE = "NOERROR aa rd\nAU example. 30 " + SOA;
  private static final String REFERRAL =
      """
      AU deleg.example. 300 NS ns.deleg.example.
      AU deleg.example. 300 NS ns.elsewhere.test.
      AD ns.deleg.example. 300 A 192.0.2.10
      AD ns.deleg.example. 300 AAAA 2001:db8:0:0:0:0:0:10\
      """;

  private final Asker asker =
      new World()
          .zone("example", RECORDS)
          .zone("child.example", "www 300 A 192.0.2.20\nback 300 CNAME info.example.")
          .service(
              "fruit.example",
              List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1")),
              "alias.example")
          .service(
              "*.apps.example",
              List.of(addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.2")))
          .service(
              "cdn.example",
              List.of(
                  World.rrset(
                      RrType.CNAME,
                      5,
                      (_, _, _, choice) -> choice.take(0),
                      List.of(cname("info.example"))),
                  addresses(5, (_, _, _, choice) -> choice.take(0), "2001:db8::1")))
          .asker();

  record Row(String rfc, String question, String... lines) {
    String expected() {
      return String.join("\n", lines);
    }

    @Override
    public String toString() {
      return question + " (RFC " + rfc + ")";
    }
  }

  static Stream<Row> ofStaticRecords() {
    return Stream.of(
        new Row(
            "1035, 2308: AA=1",
            "info.example TXT",
            "NOERROR aa rd",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Row("8499: not ours", "example.org A", "REFUSED rd"),
        new Row("8499: the root is not ours", ". NS", "REFUSED rd"),
        new Row("2308 3, 5: NXDOMAIN", "nope.example A", NO_SUCH_NAME),
        new Row("2308 2.2: NODATA", "info.example A", NO_SUCH_TYPE),
        new Row("8020 2: empty non-terminal", "ent.example A", NO_SUCH_TYPE),
        new Row("8020 2: below an empty non-terminal", "b.ent.example A", NO_SUCH_NAME),
        new Row(
            "2181 8: TTL 0", "zero.example A", "NOERROR aa rd", "AN zero.example. 0 A 192.0.2.6"),
        new Row(
            "3597 4",
            "odd.example TYPE65280",
            "NOERROR aa rd",
            "AN odd.example. 300 TYPE65280 \\# 4 01020304"),
        new Row("3597 5: unknown type", "info.example TYPE65281", NO_SUCH_TYPE),
        new Row("8906 8.1.2: unknown type of no name", "nope.example TYPE65281", NO_SUCH_NAME),
        new Row("8482 7: RRSIG of an unsigned name", "info.example RRSIG", NO_SUCH_TYPE),
        new Row("8482 7: NSEC of an unsigned name", "info.example NSEC", NO_SUCH_TYPE),
        new Row(
            "1035 3.3.9",
            "mail.example MX",
            "NOERROR aa rd",
            "AN mail.example. 300 MX 10 mx.example."),
        new Row(
            "2782",
            "_sip._tcp.example SRV",
            "NOERROR aa rd",
            "AN _sip._tcp.example. 300 SRV 1 2 5060 mx.example."),
        new Row("1034 4.2: one SOA", "example SOA", "NOERROR aa rd", "AN example. 30 " + SOA),
        new Row(
            "1034 4.2: NS, with address",
            "example NS",
            "NOERROR aa rd",
            "AN example. 3600 NS ns1.example.",
            "AD ns1.example. 3600 A 192.0.2.53"),
        new Row(
            "8482 4.1: one RRset",
            "info.example ANY",
            "NOERROR aa rd",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Row(
            "8482 4.1: one RRset of many",
            "example ANY",
            "NOERROR aa rd",
            "AN example. 3600 NS ns1.example.",
            "AD ns1.example. 3600 A 192.0.2.53"),
        new Row("8482: no name", "nope.example ANY", NO_SUCH_NAME));
  }

  static Stream<Row> ofWildcards() {
    return Stream.of(
        new Row(
            "4592 3.3",
            "foo.wild.example A",
            "NOERROR aa rd",
            "AN foo.wild.example. 300 A 192.0.2.7"),
        new Row(
            "4592 3.3: many labels",
            "a.b.wild.example A",
            "NOERROR aa rd",
            "AN a.b.wild.example. 300 A 192.0.2.7"),
        new Row("4592 2.2.1: type missing", "foo.wild.example MX", NO_SUCH_TYPE),
        new Row("4592 2.2.2: an ENT blocks", "host.wild.example A", NO_SUCH_TYPE),
        new Row("4592 2.2.1: below a name that exists", "y.host.wild.example A", NO_SUCH_NAME),
        new Row(
            "4592 2.1.1: asked literally",
            "*.wild.example TXT",
            "NOERROR aa rd",
            "AN *.wild.example. 300 TXT wild"),
        new Row("4592 2.2.1: the parent", "wild.example A", NO_SUCH_TYPE),
        new Row("4592 3.3.1: below the asterisk", "b.*.wild.example A", NO_SUCH_NAME),
        new Row(
            "4592 3.3.3: CNAME",
            "q.cw.example TXT",
            "NOERROR aa rd",
            "AN q.cw.example. 300 CNAME info.example.",
            "AN info.example. 300 TXT \"served by fairlead\""));
  }

  static Stream<Row> ofAliases() {
    return Stream.of(
        new Row(
            "1034 4.3.2: followed",
            "www.example A",
            "NOERROR aa rd",
            "AN www.example. 300 CNAME fruit.example.",
            "AN fruit.example. 2 A 192.0.2.1"),
        new Row(
            "1034 4.3.2: asked for itself",
            "www.example CNAME",
            "NOERROR aa rd",
            "AN www.example. 300 CNAME fruit.example."),
        new Row(
            "8482: ANY does not follow",
            "www.example ANY",
            "NOERROR aa rd",
            "AN www.example. 300 CNAME fruit.example."),
        new Row(
            "1034 4.3.2: leads out",
            "out.example A",
            "NOERROR aa rd",
            "AN out.example. 300 CNAME www.elsewhere.test."),
        new Row(
            "6604 3: the last name's RCODE",
            "gone.example A",
            "NXDOMAIN aa rd",
            "AN gone.example. 300 CNAME nope.example.",
            "AU example. 30 " + SOA),
        new Row(
            "2308 2.2: the last name's NODATA",
            "untyped.example A",
            "NOERROR aa rd",
            "AN untyped.example. 300 CNAME info.example.",
            "AU example. 30 " + SOA),
        new Row(
            "1035 4.1.1: AA of the first name",
            "into.example A",
            "NOERROR aa rd",
            "AN into.example. 300 CNAME host.deleg.example.",
            REFERRAL),
        new Row(
            "1034 4.3.2: into another zone of ours",
            "over.example A",
            "NOERROR aa rd",
            "AN over.example. 300 CNAME www.child.example.",
            "AN www.child.example. 300 A 192.0.2.20"),
        new Row(
            "1034 4.3.2: and out of it",
            "back.child.example TXT",
            "NOERROR aa rd",
            "AN back.child.example. 300 CNAME info.example.",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Row(
            "1034 4.3.2: to the apex",
            "up.example NS",
            "NOERROR aa rd",
            "AN up.example. 300 CNAME example.",
            "AN example. 3600 NS ns1.example.",
            "AD ns1.example. 3600 A 192.0.2.53"),
        new Row(
            "1034 3.6.2: a loop",
            "loop1.example A",
            "NOERROR aa rd",
            "AN loop1.example. 300 CNAME loop2.example.",
            "AN loop2.example. 300 CNAME loop1.example."),
        new Row(
            "6672 3.2",
            "a.old.example A",
            "NOERROR aa rd",
            "AN old.example. 300 DNAME new.example.",
            "AN a.old.example. 300 CNAME a.new.example.",
            "AN a.new.example. 300 A 192.0.2.13"),
        new Row(
            "6672 3.2: the last name's RCODE",
            "b.old.example A",
            "NXDOMAIN aa rd",
            "AN old.example. 300 DNAME new.example.",
            "AN b.old.example. 300 CNAME b.new.example.",
            "AU example. 30 " + SOA),
        new Row(
            "6672 2.3: the owner is not rewritten",
            "old.example TXT",
            "NOERROR aa rd",
            "AN old.example. 300 TXT \"the owner itself\""),
        new Row(
            "6672 3.2: asked for itself",
            "old.example DNAME",
            "NOERROR aa rd",
            "AN old.example. 300 DNAME new.example."),
        new Row(
            "6672 3.2: CNAME asked",
            "a.old.example CNAME",
            "NOERROR aa rd",
            "AN old.example. 300 DNAME new.example.",
            "AN a.old.example. 300 CNAME a.new.example."),
        new Row(
            "6672 2.2: too long to be a name",
            "z".repeat(60) + "." + "z".repeat(60) + ".deep.example A",
            "YXDOMAIN aa rd",
            "AN deep.example. 300 DNAME " + ("z".repeat(60) + ".").repeat(3) + "new.example."));
  }

  static Stream<Row> ofDelegations() {
    return Stream.of(
        new Row("1034 4.3.2", "host.deleg.example A", "NOERROR rd", REFERRAL),
        new Row("1034 4.3.2: the cut itself", "deleg.example A", "NOERROR rd", REFERRAL),
        new Row("1034 4.3.2: NS of the cut", "deleg.example NS", "NOERROR rd", REFERRAL),
        new Row("8482: ANY at the cut", "deleg.example ANY", "NOERROR rd", REFERRAL),
        new Row("2181 6.1: glue is no answer", "ns.deleg.example A", "NOERROR rd", REFERRAL),
        new Row(
            "4592 4.2: a wildcard below a cut is unused",
            "foo.deleg.example A",
            "NOERROR rd",
            REFERRAL),
        new Row(
            "4035 3.1.4.1: DS at the cut",
            "deleg.example DS",
            "NOERROR aa rd",
            "AN deleg.example. 300 DS 1 13 2 " + "00".repeat(32)),
        new Row("4035 3.1.4.1: no DS at the cut", "sibling.example DS", NO_SUCH_TYPE),
        new Row("4035 3.1.4.1: DS below the cut", "host.deleg.example DS", "NOERROR rd", REFERRAL),
        new Row(
            "9471 3.2: sibling glue",
            "sibling.example A",
            "NOERROR rd",
            "AU sibling.example. 300 NS ns.deleg.example.",
            "AD ns.deleg.example. 300 A 192.0.2.10",
            "AD ns.deleg.example. 300 AAAA 2001:db8:0:0:0:0:0:10"),
        new Row(
            "4035 3.1.4.1: DS of a child of ours",
            "child.example DS",
            "NOERROR aa rd",
            "AN child.example. 300 DS 2 13 2 " + "00".repeat(32)),
        new Row("4035 3.1.4.1: DS of an apex whose parent is not ours", "example DS", NO_SUCH_TYPE),
        new Row(
            "1034 4.3.2: the nearest zone",
            "child.example SOA",
            "NOERROR aa rd",
            "AN child.example. 30 SOA ns1.child.example. hostmaster.child.example. 1800000000 3600"
                + " 600 1209600 30"),
        new Row(
            "1034 4.3.2: the nearest zone denies",
            "nope.child.example A",
            "NXDOMAIN aa rd",
            "AU child.example. 30 SOA ns1.child.example. hostmaster.child.example. 1800000000 3600"
                + " 600 1209600 30"));
  }

  static Stream<Row> ofServices() {
    return Stream.of(
        new Row("4074: the type is missing", "fruit.example AAAA", NO_SUCH_TYPE),
        new Row(
            "1034 4.3.2: an alias of a service",
            "alias.example A",
            "NOERROR aa rd",
            "AN alias.example. 2 A 192.0.2.1"),
        new Row(
            "4592 3.3: a wildcard service",
            "foo.apps.example A",
            "NOERROR aa rd",
            "AN foo.apps.example. 2 A 192.0.2.2"),
        new Row(
            "4592 2.1.1: asked literally",
            "*.apps.example A",
            "NOERROR aa rd",
            "AN *.apps.example. 2 A 192.0.2.2"),
        new Row("8020 2: above a wildcard service", "apps.example A", NO_SUCH_TYPE),
        new Row(
            "8482 4.1", "fruit.example ANY", "NOERROR aa rd", "AN fruit.example. 2 A 192.0.2.1"),
        new Row(
            "1034 4.3.2: a chosen CNAME for any type",
            "cdn.example TXT",
            "NOERROR aa rd",
            "AN cdn.example. 5 CNAME info.example.",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Row(
            "1034 4.3.2: but not where the type is there",
            "cdn.example AAAA",
            "NOERROR aa rd",
            "AN cdn.example. 5 AAAA 2001:db8:0:0:0:0:0:1"),
        new Row(
            "1034 4.3.2: a chosen CNAME asked for",
            "cdn.example CNAME",
            "NOERROR aa rd",
            "AN cdn.example. 5 CNAME info.example."));
  }

  static Stream<Row> ofTypesThatAreNone() {
    return Stream.of(
        new Row("6891 6.1.1", "info.example OPT", "FORMERR rd"),
        new Row("8945 4.2", "info.example TSIG", "FORMERR rd"),
        new Row("2930 2", "info.example TKEY", "FORMERR rd"),
        new Row("9824 3.5", "info.example TYPE128", "FORMERR rd"),
        new Row("1035 3.2.3", "info.example MAILB", "NOTIMP rd"),
        new Row("1035 3.2.3", "info.example MAILA", "NOTIMP rd"),
        new Row("5936 4.2", "example AXFR", "REFUSED rd"),
        new Row("1995 2", "example IXFR", "REFUSED rd"));
  }

  @ParameterizedTest
  @MethodSource({
    "ofStaticRecords",
    "ofWildcards",
    "ofAliases",
    "ofDelegations",
    "ofServices",
    "ofTypesThatAreNone"
  })
  void isAnsweredAs(Row row) {
    String[] question = row.question().split(" ", 2);
    assertThat(asker.transcript(RawQuery.of(question[0], question[1]))).isEqualTo(row.expected());
  }

  /** RFC 4892 is not offered; RFC 6895 section 3.2: other classes hold nothing of ours. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 254, 255, 999})
  void otherClassesAreRefused(int rrClass) {
    var query = RawQuery.empty().question(RawQuery.name("info.example"), RrType.TXT, rrClass);
    assertThat(asker.transcript(query)).isEqualTo("REFUSED rd");
    assertThat(asker.outcome()).isEqualTo(Outcome.REFUSED);
  }

  /** RFC 1034 section 3.6.2: work is bounded; the asker goes on from the last name. */
  @Test
  void aLongChainEndsAfterEightAliases() {
    var chain = new StringBuilder("n20 300 A 192.0.2.1\n");
    for (int i = 0; i < 20; i++) {
      chain.append("n%d 300 CNAME n%d%n".formatted(i, i + 1));
    }
    var chained = new World().zone("example", chain.toString()).asker();

    assertThat(chained.transcript(RawQuery.of("n0.example", "A")).lines())
        .startsWith("NOERROR aa rd", "AN n0.example. 300 CNAME n1.example.")
        .endsWith("AN n7.example. 300 CNAME n8.example.")
        .hasSize(1 + ZoneAnswer.MAX_ALIASES);
    assertThat(chained.transcript(RawQuery.of("n13.example", "A")))
        .endsWith("AN n20.example. 300 A 192.0.2.1");
  }

  /**
   * RFC 1034 section 4.3.5, RFC 8914 section 4.15: what is not loaded is SERVFAIL, never NXDOMAIN.
   */
  @Test
  void beforeItIsReadyAServerSaysSo() {
    var notReady = new World().zone("example", "info 300 TXT hello").notReady().asker();

    assertThat(notReady.transcript(RawQuery.of("info.example", "TXT"))).isEqualTo("SERVFAIL rd");
    assertThat(notReady.transcript(RawQuery.of("nope.example", "A").opt(1232, 0)))
        .isEqualTo("SERVFAIL rd\nOPT 1232 ede 14");
    assertThat(notReady.transcript(RawQuery.of("example.org", "A"))).isEqualTo("REFUSED rd");
  }

  /** Before the first configuration nobody can tell what is ours. */
  @Test
  void beforeItsFirstConfigurationAServerSaysSoOfAllNames() {
    var unconfigured = new Asker(new QueryHandler(new SnapshotCell(), EdnsSettings.DEFAULT));

    assertThat(unconfigured.transcript(RawQuery.of("example.org", "A").opt(1232, 0)))
        .isEqualTo("SERVFAIL rd\nOPT 1232 ede 14");
    assertThat(unconfigured.outcome()).isEqualTo(Outcome.SERVER_FAILURE);
  }

  /** A server of the root: the shortest names that there are. */
  @Test
  void theRootCanBeServed() {
    var root = new World().zone(".", "test 300 A 192.0.2.1\n* 300 TXT any").asker();

    assertThat(root.transcript(RawQuery.of("test", "A")))
        .isEqualTo("NOERROR aa rd\nAN test. 300 A 192.0.2.1");
    assertThat(root.transcript(RawQuery.of(".", "SOA")))
        .isEqualTo("NOERROR aa rd\nAN . 30 SOA ns1. hostmaster. 1800000000 3600 600 1209600 30");
    assertThat(root.transcript(RawQuery.of("x.y", "TXT")))
        .isEqualTo("NOERROR aa rd\nAN x.y. 300 TXT any");
    assertThat(root.transcript(RawQuery.of("test", "MX")))
        .isEqualTo("NOERROR aa rd\nAU . 30 SOA ns1. hostmaster. 1800000000 3600 600 1209600 30");
  }
}
