package io.fairlead.dns.query;

import static io.fairlead.dns.query.Truth.NO_SUCH_NAME;
import static io.fairlead.dns.query.Truth.NO_SUCH_TYPE;
import static io.fairlead.dns.query.Truth.SOA;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.RrType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a name and a type, RFC by RFC. */
class TruthTest {
  private final Asker asker = Truth.asker();

  static Stream<Truth> ofStaticRecords() {
    return Stream.of(
        new Truth(
            "1035, 2308: AA=1",
            "info.example TXT",
            "NOERROR aa rd",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Truth("8499: not ours", "example.org A", "REFUSED rd"),
        new Truth("8499: the root is not ours", ". NS", "REFUSED rd"),
        new Truth("2308 3, 5: NXDOMAIN", "nope.example A", NO_SUCH_NAME),
        new Truth("2308 2.2: NODATA", "info.example A", NO_SUCH_TYPE),
        new Truth("8020 2: empty non-terminal", "ent.example A", NO_SUCH_TYPE),
        new Truth("8020 2: below an empty non-terminal", "b.ent.example A", NO_SUCH_NAME),
        new Truth(
            "2181 8: TTL 0", "zero.example A", "NOERROR aa rd", "AN zero.example. 0 A 192.0.2.6"),
        new Truth(
            "3597 4",
            "odd.example TYPE65280",
            "NOERROR aa rd",
            "AN odd.example. 300 TYPE65280 \\# 4 01020304"),
        new Truth("3597 5: unknown type", "info.example TYPE65281", NO_SUCH_TYPE),
        new Truth("8906 8.1.2: unknown type of no name", "nope.example TYPE65281", NO_SUCH_NAME),
        new Truth("8482 7: RRSIG of an unsigned name", "info.example RRSIG", NO_SUCH_TYPE),
        new Truth("8482 7: NSEC of an unsigned name", "info.example NSEC", NO_SUCH_TYPE),
        new Truth(
            "1035 3.3.9",
            "mail.example MX",
            "NOERROR aa rd",
            "AN mail.example. 300 MX 10 mx.example."),
        new Truth(
            "2782",
            "_sip._tcp.example SRV",
            "NOERROR aa rd",
            "AN _sip._tcp.example. 300 SRV 1 2 5060 mx.example."),
        new Truth("1034 4.2: one SOA", "example SOA", "NOERROR aa rd", "AN example. 30 " + SOA),
        new Truth(
            "1034 4.2: NS, with address",
            "example NS",
            "NOERROR aa rd",
            "AN example. 3600 NS ns1.example.",
            "AD ns1.example. 3600 A 192.0.2.53"),
        new Truth(
            "8482 4.1: one RRset",
            "info.example ANY",
            "NOERROR aa rd",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Truth(
            "8482 4.1: one RRset of many",
            "example ANY",
            "NOERROR aa rd",
            "AN example. 3600 NS ns1.example.",
            "AD ns1.example. 3600 A 192.0.2.53"),
        new Truth("8482: no name", "nope.example ANY", NO_SUCH_NAME));
  }

  static Stream<Truth> ofWildcards() {
    return Stream.of(
        new Truth(
            "4592 3.3",
            "foo.wild.example A",
            "NOERROR aa rd",
            "AN foo.wild.example. 300 A 192.0.2.7"),
        new Truth(
            "4592 3.3: many labels",
            "a.b.wild.example A",
            "NOERROR aa rd",
            "AN a.b.wild.example. 300 A 192.0.2.7"),
        new Truth("4592 2.2.1: type missing", "foo.wild.example MX", NO_SUCH_TYPE),
        new Truth("4592 2.2.2: an ENT blocks", "host.wild.example A", NO_SUCH_TYPE),
        new Truth("4592 2.2.1: below a name that exists", "y.host.wild.example A", NO_SUCH_NAME),
        new Truth(
            "4592 2.1.1: asked literally",
            "*.wild.example TXT",
            "NOERROR aa rd",
            "AN *.wild.example. 300 TXT wild"),
        new Truth("4592 2.2.1: the parent", "wild.example A", NO_SUCH_TYPE),
        new Truth("4592 3.3.1: below the asterisk", "b.*.wild.example A", NO_SUCH_NAME),
        new Truth(
            "4592 3.3.3: CNAME",
            "q.cw.example TXT",
            "NOERROR aa rd",
            "AN q.cw.example. 300 CNAME info.example.",
            "AN info.example. 300 TXT \"served by fairlead\""));
  }

  static Stream<Truth> ofServices() {
    return Stream.of(
        new Truth("4074: the type is missing", "fruit.example AAAA", NO_SUCH_TYPE),
        new Truth(
            "1034 4.3.2: an alias of a service",
            "alias.example A",
            "NOERROR aa rd",
            "AN alias.example. 2 A 192.0.2.1"),
        new Truth(
            "4592 3.3: a wildcard service",
            "foo.apps.example A",
            "NOERROR aa rd",
            "AN foo.apps.example. 2 A 192.0.2.2"),
        new Truth(
            "4592 2.1.1: asked literally",
            "*.apps.example A",
            "NOERROR aa rd",
            "AN *.apps.example. 2 A 192.0.2.2"),
        new Truth("8020 2: above a wildcard service", "apps.example A", NO_SUCH_TYPE),
        new Truth(
            "8482 4.1", "fruit.example ANY", "NOERROR aa rd", "AN fruit.example. 2 A 192.0.2.1"),
        new Truth(
            "1034 4.3.2: a chosen CNAME for any type",
            "cdn.example TXT",
            "NOERROR aa rd",
            "AN cdn.example. 5 CNAME info.example.",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Truth(
            "1034 4.3.2: but not where the type is there",
            "cdn.example AAAA",
            "NOERROR aa rd",
            "AN cdn.example. 5 AAAA 2001:db8:0:0:0:0:0:1"),
        new Truth(
            "1034 4.3.2: a chosen CNAME asked for",
            "cdn.example CNAME",
            "NOERROR aa rd",
            "AN cdn.example. 5 CNAME info.example."));
  }

  static Stream<Truth> ofTypesThatAreNone() {
    return Stream.of(
        new Truth("6891 6.1.1", "info.example OPT", "FORMERR rd"),
        new Truth("8945 4.2", "info.example TSIG", "FORMERR rd"),
        new Truth("2930 2", "info.example TKEY", "FORMERR rd"),
        new Truth("9824 3.5", "info.example TYPE128", "FORMERR rd"),
        new Truth("1035 3.2.3", "info.example MAILB", "NOTIMP rd"),
        new Truth("1035 3.2.3", "info.example MAILA", "NOTIMP rd"),
        new Truth("5936 4.2", "example AXFR", "REFUSED rd"),
        new Truth("1995 2", "example IXFR", "REFUSED rd"));
  }

  @ParameterizedTest
  @MethodSource({"ofStaticRecords", "ofWildcards", "ofServices", "ofTypesThatAreNone"})
  void isAnsweredAs(Truth truth) {
    assertThat(asker.transcript(truth.query())).isEqualTo(truth.expected());
  }

  /** RFC 4892 is not offered; RFC 6895 section 3.2: other classes hold nothing of ours. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 254, 255, 999})
  void otherClassesAreRefused(int rrClass) {
    var query = RawQuery.empty().question(RawQuery.name("info.example"), RrType.TXT, rrClass);
    assertThat(asker.transcript(query)).isEqualTo("REFUSED rd");
    assertThat(asker.outcome()).isEqualTo(Outcome.REFUSED);
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
