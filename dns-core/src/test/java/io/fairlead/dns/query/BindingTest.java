package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.subnet;
import static io.fairlead.dns.testing.World.addresses;
import static io.fairlead.dns.testing.World.cname;
import static io.fairlead.dns.testing.World.rrset;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.Hints;
import io.fairlead.dns.zone.SteeredBinding;
import io.fairlead.dns.zone.SteeredRrSet;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Service bindings whose hints are what the client gets for A and AAAA (RFC 9460). */
class BindingTest {
  private static final byte[] BARE = HexFormat.of().parseHex("000100");
  private static final byte[] H2_H3_8443 =
      HexFormat.of().parseHex("000100" + "00010006" + "026833" + "026832" + "00030002" + "20fb");

  private static final String SOA =
      "AU example. 30 SOA ns1.example. hostmaster.example. 1800000000 3600 600 1209600 30";

  private static SteeredRrSet ipv4(Chooser chooser) {
    return addresses(20, chooser, "192.0.2.1", "192.0.2.2");
  }

  private static SteeredRrSet ipv6(Chooser chooser) {
    return addresses(20, chooser, "2001:db8::1", "2001:db8::2");
  }

  private static final Chooser FIRST = (_, _, _, choice) -> choice.take(0);
  private static final Chooser BOTH =
      (_, _, _, choice) -> {
        choice.take(1);
        choice.take(0);
      };
  private static final Chooser NOTHING = (_, _, _, choice) -> sayDown(choice);
  private static final Chooser LAST_RESORT =
      (_, _, _, choice) -> {
        sayDown(choice);
        choice.take(1);
      };
  private static final Chooser FAIL =
      (_, _, _, choice) -> {
        sayDown(choice);
        choice.servfail();
      };
  private static final Chooser DROP =
      (_, _, _, choice) -> {
        sayDown(choice);
        choice.drop();
      };

  private static final Chooser NAMED_DOWN =
      (_, _, _, choice) -> {
        sayDown(choice);
        choice.take(0);
      };

  private static void sayDown(Choice choice) {
    choice.extendedError(ExtendedError.NO_REACHABLE_AUTHORITY);
  }

  private static Asker https(byte[] head, SteeredRrSet... families) {
    var binding = new SteeredBinding(RrType.HTTPS, head, List.of(families), true);
    return new World().zone("example", "").bound("s.example", List.of(families), binding).asker();
  }

  private static String ask(Asker asker) {
    return asker.transcript(RawQuery.of("s.example", "HTTPS"));
  }

  @Test
  void everyOctetOfOneReply() {
    byte[] reply =
        https(H2_H3_8443, ipv4(BOTH), ipv6(FIRST)).send(RawQuery.of("s.example", "HTTPS").bytes());
    String golden =
        """
        1234 8500 0001 0001 0000 0000
        0173 076578616d706c65 00 0041 0001
        c00c 0041 0001 00000014 0033
        0001 00
        0001 0006 026833 026832
        0003 0002 20fb
        0004 0008 c0000202 c0000201
        0006 0010 20010db8000000000000000000000001
        """;
    assertThat(HexFormat.of().formatHex(reply)).isEqualTo(golden.replaceAll("\\s", ""));
  }

  record Case(String what, SteeredRrSet ipv4, SteeredRrSet ipv6, String reply) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static final String OWNER = "AN s.example. 20 HTTPS 1 . ";

  /** What is down of one family is not told while the other is there; both down answer as A. */
  static final List<Case> FAMILIES =
      List.of(
          new Case(
              "both up",
              ipv4(FIRST),
              ipv6(FIRST),
              "NOERROR aa rd\n" + OWNER + "ipv4hint=192.0.2.1 ipv6hint=2001:db8:0:0:0:0:0:1"),
          new Case(
              "IPv4 down without an answer",
              ipv4(NOTHING),
              ipv6(FIRST),
              "NOERROR aa rd\n" + OWNER + "ipv6hint=2001:db8:0:0:0:0:0:1"),
          new Case(
              "IPv4 down with a last resort",
              ipv4(LAST_RESORT),
              ipv6(FIRST),
              "NOERROR aa rd\n" + OWNER + "ipv6hint=2001:db8:0:0:0:0:0:1"),
          new Case(
              "IPv6 down with SERVFAIL",
              ipv4(FIRST),
              ipv6(FAIL),
              "NOERROR aa rd\n" + OWNER + "ipv4hint=192.0.2.1"),
          new Case(
              "IPv6 down with silence",
              ipv4(FIRST),
              ipv6(DROP),
              "NOERROR aa rd\n" + OWNER + "ipv4hint=192.0.2.1"),
          new Case("both down without an answer", ipv4(NOTHING), ipv6(NOTHING), noData()),
          new Case(
              "both down, IPv4 with a last resort",
              ipv4(LAST_RESORT),
              ipv6(NOTHING),
              "NOERROR aa rd\n" + OWNER + "ipv4hint=192.0.2.2"),
          new Case("both down with SERVFAIL", ipv4(FAIL), ipv6(FAIL), "SERVFAIL rd"),
          new Case("both down with silence", ipv4(DROP), ipv6(DROP), "nothing"),
          new Case(
              "both down with a name of last resort",
              rrset(RrType.A, 20, NAMED_DOWN, List.of(cname("sorry.test"))),
              rrset(RrType.AAAA, 20, NAMED_DOWN, List.of(cname("sorry.test"))),
              "NOERROR aa rd\nAN s.example. 20 CNAME sorry.test."),
          new Case(
              "a name of last resort for IPv4 alone",
              rrset(RrType.A, 20, NAMED_DOWN, List.of(cname("sorry.test"))),
              ipv6(FIRST),
              "NOERROR aa rd\n" + OWNER + "ipv6hint=2001:db8:0:0:0:0:0:1"),
          new Case(
              "members that are names",
              rrset(RrType.A, 20, FIRST, List.of(cname("cdn.test"))),
              rrset(RrType.AAAA, 20, FIRST, List.of(cname("cdn.test"))),
              "NOERROR aa rd\nAN s.example. 20 CNAME cdn.test."));

  private static String noData() {
    return "NOERROR aa rd\n" + SOA;
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void aBindingLeadsToWhoIsThere(Case one) {
    assertThat(ask(https(BARE, one.ipv4(), one.ipv6()))).isEqualTo(one.reply());
  }

  @Test
  void theExtendedErrorIsToldOfAServiceThatIsDownAlone() {
    RawQuery query = RawQuery.of("s.example", "HTTPS").opt(1232, 0);
    assertThat(https(BARE, ipv4(LAST_RESORT), ipv6(NOTHING)).transcript(query))
        .endsWith("OPT 1232 ede 22");
    assertThat(https(BARE, ipv4(FIRST), ipv6(NOTHING)).transcript(query)).endsWith("OPT 1232");
  }

  @Test
  void theScopeIsTheNarrowerOfBothFamilies() {
    Asker asker =
        https(
            BARE,
            ipv4(
                (_, _, _, choice) -> {
                  choice.take(0);
                  choice.narrowScope(24);
                }),
            ipv6(
                (_, _, _, choice) -> {
                  choice.take(0);
                  choice.narrowScope(20);
                }));
    var query =
        RawQuery.of("s.example", "HTTPS").opt(1232, 0, subnet(1, 24, 0, 198, 51, 100)).bytes();
    assertThat(asker.send(query)).isNotEmpty();
    assertThat(asker.exchange().scopePrefixLength).isEqualTo(24);
  }

  @Test
  void manyAddressesAreToldUpToTheBoundSoThatTheReplyFitsADatagram() {
    String[] many = IntStream.range(0, 100).mapToObj(i -> "192.0.2." + i).toArray(String[]::new);
    String[] manyIpv6 =
        IntStream.range(0, 100).mapToObj(i -> "2001:db8::" + i).toArray(String[]::new);
    Chooser all = (_, _, _, choice) -> IntStream.range(0, 100).forEach(choice::take);
    byte[] reply =
        https(BARE, addresses(20, all, many), addresses(20, all, manyIpv6))
            .send(RawQuery.of("s.example", "HTTPS").opt(1232, 0).bytes());

    assertThat(reply).hasSizeLessThan(1232);
    byte[] parameter = {0, 4, 0, (byte) (4 * Hints.MAX)};
    assertThat(Arrays.copyOfRange(reply, 42, 46)).isEqualTo(parameter);
  }

  @Test
  void hintsMayBeLeftOut() {
    var families = List.of(ipv4(FIRST), ipv6(FIRST));
    var binding = new SteeredBinding(RrType.HTTPS, H2_H3_8443, families, false);
    Asker asker = new World().zone("example", "").bound("s.example", families, binding).asker();
    assertThat(ask(asker)).isEqualTo("NOERROR aa rd\n" + OWNER + "alpn=h3,h2 port=8443");
  }

  @Test
  void aTypeThatIsNotThereIsNoData() {
    Asker asker = https(BARE, ipv4(FIRST));
    assertThat(asker.transcript(RawQuery.of("s.example", "SVCB"))).isEqualTo(noData());
  }

  @Test
  void aBindingThatDoesNotFitIsAskedForOverTcp() {
    String[] many = IntStream.range(0, 32).mapToObj(i -> "2001:db8::" + i).toArray(String[]::new);
    Chooser all = (_, _, _, choice) -> IntStream.range(0, 32).forEach(choice::take);
    assertThat(ask(https(BARE, addresses(20, all, many)))).isEqualTo("NOERROR aa tc rd");
  }

  @Test
  void nobodyIsCountedForAHint() {
    Asker asker = https(BARE, ipv4(FIRST));
    ask(asker);
    assertThat(asker.handedOut(0)).isZero();
  }
}
