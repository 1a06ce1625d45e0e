package io.fairlead.dns.query;

import static io.fairlead.dns.testing.World.addresses;
import static io.fairlead.dns.testing.World.cname;

import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.RrType;
import java.util.List;

/**
 * A question, and what is true of it in the zones of {@link #asker()}.
 *
 * @param rfc where it is written, and what it is about
 * @param lines as {@link io.fairlead.dns.testing.Transcript} has them
 */
record Truth(String rfc, String question, String... lines) {
  static final String RECORDS =
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

  static final String SOA = "SOA ns1.example. hostmaster.example. 1800000000 3600 600 1209600 30";
  static final String NO_SUCH_NAME = "NXDOMAIN aa rd\nAU example. 30 " + SOA;
  static final String NO_SUCH_TYPE = "NOERROR aa rd\nAU example. 30 " + SOA;
  static final String REFERRAL =
      """
      AU deleg.example. 300 NS ns.deleg.example.
      AU deleg.example. 300 NS ns.elsewhere.test.
      AD ns.deleg.example. 300 A 192.0.2.10
      AD ns.deleg.example. 300 AAAA 2001:db8:0:0:0:0:0:10\
      """;

  static Asker asker() {
    return new World()
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
  }

  String expected() {
    return String.join("\n", lines);
  }

  RawQuery query() {
    int blank = question.indexOf(' ');
    return RawQuery.of(question.substring(0, blank), question.substring(blank + 1));
  }

  @Override
  public String toString() {
    return question + " (RFC " + rfc + ")";
  }
}
