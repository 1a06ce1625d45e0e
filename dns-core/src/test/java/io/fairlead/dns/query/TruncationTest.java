package io.fairlead.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.count.Outcome;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.testing.Zones;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.ZoneSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TC says that something required did not fit, and only that (RFC 2181 section 9, RFC 9471). */
class TruncationTest {
  /** A referral of 16 name servers inside: 20 octets of glue and 6 of NS each, at least. */
  private static String delegation(String owner, String serversBelow) {
    var text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      text.append("%s 300 NS n%d.%s%n".formatted(owner, i, serversBelow));
      text.append("n%d.%s 300 A 192.0.2.%d%n".formatted(i, serversBelow, i));
    }
    return text.toString();
  }

  /** RFC 9471 section 3.1: all glue of in-domain name servers, or TC. */
  @Test
  void inDomainGlueIsCompleteOrTheReplyIsTruncated() {
    Asker asker = new World().zone("example", delegation("sub", "sub")).asker();

    assertThat(asker.transcript(RawQuery.of("x.sub.example", "A"))).isEqualTo("NOERROR tc rd");
    assertThat(asker.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(asker.transcript(RawQuery.of("x.sub.example", "A").opt(1232, 0)).lines())
        .startsWith("NOERROR rd")
        .hasSize(1 + 16 + 16 + 1);
    assertThat(asker.outcome()).isEqualTo(Outcome.REFERRAL);
    assertThat(asker.over(Transport.TCP).transcript(RawQuery.of("x.sub.example", "A")).lines())
        .hasSize(1 + 16 + 16);
  }

  /** RFC 9471 section 3.2: sibling glue is sent where it fits. */
  @Test
  void siblingGlueIsLeftOutWhereItDoesNotFit() {
    Asker asker = new World().zone("example", delegation("sub", "other")).asker();

    assertThat(asker.transcript(RawQuery.of("x.sub.example", "A")).lines())
        .startsWith("NOERROR rd")
        .hasSize(1 + 16)
        .noneMatch(line -> line.startsWith("AD"));
    assertThat(asker.outcome()).isEqualTo(Outcome.REFERRAL);
    assertThat(asker.transcript(RawQuery.of("x.sub.example", "A").opt(1232, 0)).lines())
        .hasSize(1 + 16 + 16 + 1);
  }

  /** RFC 2181 section 9: the addresses of the apex's name servers are optional. */
  @Test
  void addressesOfTheApexAreLeftOutWhereTheyDoNotFit() {
    var servers = new ArrayList<io.fairlead.dns.zone.NameServer>();
    for (int i = 0; i < 16; i++) {
      servers.add(Zones.nameServer("n" + i + ".example", "192.0.2." + i));
    }
    Asker asker = new World().zone(Zones.zone("example", servers, "")).asker();

    assertThat(asker.transcript(RawQuery.of("example", "NS")).lines())
        .startsWith("NOERROR aa rd")
        .hasSize(1 + 16);
    assertThat(asker.transcript(RawQuery.of("example", "NS").opt(1232, 0)).lines())
        .hasSize(1 + 16 + 16 + 1);
  }

  /**
   * RFC 2181 section 5: an RRset is never split; nothing of a chain is left, so nothing is cached.
   */
  @Test
  void aChainWhoseEndDoesNotFitIsTruncatedWhole() {
    Asker asker =
        new World()
            .zone("example", "www 300 CNAME large\nlarge 300 TYPE65280 \\# 600 " + "00".repeat(600))
            .asker();

    assertThat(asker.transcript(RawQuery.of("www.example", "TYPE65280")))
        .isEqualTo("NOERROR aa tc rd");
    assertThat(asker.transcript(RawQuery.of("www.example", "TYPE65280").opt(4096, 0)).lines())
        .hasSize(4);
  }

  /** RFC 2308 section 3 wants the SOA of a no: without it the no could not be remembered. */
  @Test
  void aNegativeAnswerWithoutItsSoaIsTruncated() {
    String label = "x".repeat(63);
    String longName = label + "." + label + "." + label;
    var elsewhere = List.of(Zones.nameServer(longName + ".test"));
    var zone =
        new ZoneSpec(
            Name.parse(longName), Name.parse(longName + ".org"), elsewhere, 1, 30, List.of());
    Asker asker = new World().zone(zone).asker();

    assertThat(asker.transcript(RawQuery.of("y." + longName, "A"))).isEqualTo("NXDOMAIN aa tc rd");
    assertThat(asker.outcome()).isEqualTo(Outcome.TRUNCATED);
    assertThat(asker.transcript(RawQuery.of("y." + longName, "A").opt(1232, 0))).contains("SOA");
  }

  /** RFC 1035 section 4.2.2: TCP has room for 65,535 octets; then there is no other way left. */
  @Test
  void tcpCarriesTheLargestRrset() {
    var text = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      text.append("big 300 A 10.0.%d.%d%n".formatted(i / 250, i % 250));
    }
    Asker asker = new World().zone("example", text.toString()).asker().over(Transport.TCP);

    byte[] reply = asker.send(RawQuery.of("big.example", "A").bytes());
    assertThat(reply).hasSize(12 + 17 + 4000 * 16);
    assertThat(Asker.parse(reply).getSection(org.xbill.DNS.Section.ANSWER)).hasSize(4000);
  }
}
