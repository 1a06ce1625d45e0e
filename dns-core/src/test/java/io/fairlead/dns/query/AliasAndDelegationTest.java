package io.fairlead.dns.query;

import static io.fairlead.dns.query.Truth.NO_SUCH_TYPE;
import static io.fairlead.dns.query.Truth.REFERRAL;
import static io.fairlead.dns.query.Truth.SOA;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a name leads elsewhere: to another name of ours, or to other name servers. */
class AliasAndDelegationTest {
  private final Asker asker = Truth.asker();

  static Stream<Truth> ofAliases() {
    return Stream.of(
        new Truth(
            "1034 4.3.2: followed",
            "www.example A",
            "NOERROR aa rd",
            "AN www.example. 300 CNAME fruit.example.",
            "AN fruit.example. 2 A 192.0.2.1"),
        new Truth(
            "1034 4.3.2: asked for itself",
            "www.example CNAME",
            "NOERROR aa rd",
            "AN www.example. 300 CNAME fruit.example."),
        new Truth(
            "8482: ANY does not follow",
            "www.example ANY",
            "NOERROR aa rd",
            "AN www.example. 300 CNAME fruit.example."),
        new Truth(
            "1034 4.3.2: leads out",
            "out.example A",
            "NOERROR aa rd",
            "AN out.example. 300 CNAME www.elsewhere.test."),
        new Truth(
            "6604 3: the last name's RCODE",
            "gone.example A",
            "NXDOMAIN aa rd",
            "AN gone.example. 300 CNAME nope.example.",
            "AU example. 30 " + SOA),
        new Truth(
            "2308 2.2: the last name's NODATA",
            "untyped.example A",
            "NOERROR aa rd",
            "AN untyped.example. 300 CNAME info.example.",
            "AU example. 30 " + SOA),
        new Truth(
            "1035 4.1.1: AA of the first name",
            "into.example A",
            "NOERROR aa rd",
            "AN into.example. 300 CNAME host.deleg.example.",
            REFERRAL),
        new Truth(
            "1034 4.3.2: into another zone of ours",
            "over.example A",
            "NOERROR aa rd",
            "AN over.example. 300 CNAME www.child.example.",
            "AN www.child.example. 300 A 192.0.2.20"),
        new Truth(
            "1034 4.3.2: and out of it",
            "back.child.example TXT",
            "NOERROR aa rd",
            "AN back.child.example. 300 CNAME info.example.",
            "AN info.example. 300 TXT \"served by fairlead\""),
        new Truth(
            "1034 4.3.2: to the apex",
            "up.example NS",
            "NOERROR aa rd",
            "AN up.example. 300 CNAME example.",
            "AN example. 3600 NS ns1.example.",
            "AD ns1.example. 3600 A 192.0.2.53"),
        new Truth(
            "1034 3.6.2: a loop",
            "loop1.example A",
            "NOERROR aa rd",
            "AN loop1.example. 300 CNAME loop2.example.",
            "AN loop2.example. 300 CNAME loop1.example."),
        new Truth(
            "6672 3.2",
            "a.old.example A",
            "NOERROR aa rd",
            "AN old.example. 300 DNAME new.example.",
            "AN a.old.example. 300 CNAME a.new.example.",
            "AN a.new.example. 300 A 192.0.2.13"),
        new Truth(
            "6672 3.2: the last name's RCODE",
            "b.old.example A",
            "NXDOMAIN aa rd",
            "AN old.example. 300 DNAME new.example.",
            "AN b.old.example. 300 CNAME b.new.example.",
            "AU example. 30 " + SOA),
        new Truth(
            "6672 2.3: the owner is not rewritten",
            "old.example TXT",
            "NOERROR aa rd",
            "AN old.example. 300 TXT \"the owner itself\""),
        new Truth(
            "6672 3.2: asked for itself",
            "old.example DNAME",
            "NOERROR aa rd",
            "AN old.example. 300 DNAME new.example."),
        new Truth(
            "6672 3.2: CNAME asked",
            "a.old.example CNAME",
            "NOERROR aa rd",
            "AN old.example. 300 DNAME new.example.",
            "AN a.old.example. 300 CNAME a.new.example."),
        new Truth(
            "6672 2.2: too long to be a name",
            "z".repeat(60) + "." + "z".repeat(60) + ".deep.example A",
            "YXDOMAIN aa rd",
            "AN deep.example. 300 DNAME " + ("z".repeat(60) + ".").repeat(3) + "new.example."));
  }

  static Stream<Truth> ofDelegations() {
    return Stream.of(
        new Truth("1034 4.3.2", "host.deleg.example A", "NOERROR rd", REFERRAL),
        new Truth("1034 4.3.2: the cut itself", "deleg.example A", "NOERROR rd", REFERRAL),
        new Truth("1034 4.3.2: NS of the cut", "deleg.example NS", "NOERROR rd", REFERRAL),
        new Truth("8482: ANY at the cut", "deleg.example ANY", "NOERROR rd", REFERRAL),
        new Truth("2181 6.1: glue is no answer", "ns.deleg.example A", "NOERROR rd", REFERRAL),
        new Truth(
            "4592 4.2: a wildcard below a cut is unused",
            "foo.deleg.example A",
            "NOERROR rd",
            REFERRAL),
        new Truth(
            "4035 3.1.4.1: DS at the cut",
            "deleg.example DS",
            "NOERROR aa rd",
            "AN deleg.example. 300 DS 1 13 2 " + "00".repeat(32)),
        new Truth("4035 3.1.4.1: no DS at the cut", "sibling.example DS", NO_SUCH_TYPE),
        new Truth(
            "4035 3.1.4.1: DS below the cut", "host.deleg.example DS", "NOERROR rd", REFERRAL),
        new Truth(
            "9471 3.2: sibling glue",
            "sibling.example A",
            "NOERROR rd",
            "AU sibling.example. 300 NS ns.deleg.example.",
            "AD ns.deleg.example. 300 A 192.0.2.10",
            "AD ns.deleg.example. 300 AAAA 2001:db8:0:0:0:0:0:10"),
        new Truth(
            "4035 3.1.4.1: DS of a child of ours",
            "child.example DS",
            "NOERROR aa rd",
            "AN child.example. 300 DS 2 13 2 " + "00".repeat(32)),
        new Truth(
            "4035 3.1.4.1: DS of an apex whose parent is not ours", "example DS", NO_SUCH_TYPE),
        new Truth(
            "1034 4.3.2: the nearest zone",
            "child.example SOA",
            "NOERROR aa rd",
            "AN child.example. 30 SOA ns1.child.example. hostmaster.child.example. 1800000000 3600"
                + " 600 1209600 30"),
        new Truth(
            "1034 4.3.2: the nearest zone denies",
            "nope.child.example A",
            "NXDOMAIN aa rd",
            "AU child.example. 30 SOA ns1.child.example. hostmaster.child.example. 1800000000 3600"
                + " 600 1209600 30"));
  }

  @ParameterizedTest
  @MethodSource({"ofAliases", "ofDelegations"})
  void isAnsweredAs(Truth truth) {
    assertThat(asker.transcript(truth.query())).isEqualTo(truth.expected());
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
        .hasSize(1 + AliasChain.MAX_ALIASES);
    assertThat(chained.transcript(RawQuery.of("n13.example", "A")))
        .endsWith("AN n20.example. 300 A 192.0.2.1");
  }
}
