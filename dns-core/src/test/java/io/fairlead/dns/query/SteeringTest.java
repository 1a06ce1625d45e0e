package io.fairlead.dns.query;

import static io.fairlead.dns.testing.RawQuery.subnet;
import static io.fairlead.dns.testing.World.addresses;
import static io.fairlead.dns.testing.World.cname;
import static io.fairlead.dns.testing.World.rrset;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.RawQuery;
import io.fairlead.dns.testing.World;
import io.fairlead.dns.wire.ExtendedError;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.dns.zone.SteeredRrSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a chooser decides is what is sent. */
class SteeringTest {
  private static final String SOA =
      "AU example. 30 SOA ns1.example. hostmaster.example. 1800000000 3600 600 1209600 30";
  private static final Chooser FIRST = (_, _, _, choice) -> choice.take(0);

  @Test
  void theRecordsTakenAreSentInTheirOrder() {
    Asker asker =
        service(
            (_, _, _, choice) -> {
              choice.take(2);
              choice.take(0);
            });
    assertThat(ask(asker))
        .isEqualTo("NOERROR aa rd\nAN s.example. 20 A 192.0.2.3\nAN s.example. 20 A 192.0.2.1");
  }

  /** RFC 2181 section 8: 0 is kept; the chooser may say less than the service, or more. */
  @ParameterizedTest
  @CsvSource({"0", "1", "2147483647"})
  void theTtlIsTheChoosers(int ttl) {
    Asker asker =
        service(
            (_, _, _, choice) -> {
              choice.take(0);
              choice.ttlSeconds(ttl);
            });
    assertThat(ask(asker)).isEqualTo("NOERROR aa rd\nAN s.example. " + ttl + " A 192.0.2.1");
  }

  /** RFC 8020: all members down is NODATA, never NXDOMAIN. */
  @Test
  void nothingTakenIsNoData() {
    assertThat(ask(service((_, _, _, _) -> {}))).isEqualTo("NOERROR aa rd\n" + SOA);
  }

  @Test
  void servfailCarriesTheExtendedErrorAndNothingElse() {
    Asker asker =
        service(
            (_, _, _, choice) -> {
              choice.take(0);
              choice.servfail();
              choice.extendedError(ExtendedError.NO_REACHABLE_AUTHORITY);
            });
    assertThat(ask(asker)).isEqualTo("SERVFAIL rd");
    assertThat(askWithEdns(asker)).isEqualTo("SERVFAIL rd\nOPT 1232 ede 22");
    assertThat(asker.handedOut(0)).isZero();
  }

  @Test
  void anExtendedErrorMayGoWithRecords() {
    Asker asker =
        service(
            (_, _, _, choice) -> {
              choice.take(0);
              choice.extendedError(ExtendedError.NO_REACHABLE_AUTHORITY);
            });
    assertThat(askWithEdns(asker))
        .isEqualTo("NOERROR aa rd\nAN s.example. 20 A 192.0.2.1\nOPT 1232 ede 22");
  }

  /** RFC 2181 section 9: what is only kind to send never truncates what was asked for. */
  @Test
  void anExtendedErrorThatDoesNotFitIsLeftOut() {
    String[] many = new String[29];
    for (int i = 0; i < many.length; i++) {
      many[i] = "192.0.2." + i;
    }
    Chooser all =
        (_, _, _, choice) -> {
          for (int i = 0; i < many.length; i++) {
            choice.take(i);
          }
          choice.extendedError(ExtendedError.NO_REACHABLE_AUTHORITY);
        };
    Asker asker =
        new World()
            .zone("example", "")
            .service("sssss.example", List.of(addresses(2, all, many)), "ssssss.example")
            .asker();
    int records = 29 * 16;
    int opt = 11;
    byte[] fits = asker.send(RawQuery.of("sssss.example", "A").opt(512, 0).bytes());
    byte[] doesNot = asker.send(RawQuery.of("ssssss.example", "A").opt(512, 0).bytes());

    assertThat(fits).hasSize(12 + 19 + records + opt + 6).hasSize(512);
    assertThat(doesNot).hasSize(12 + 20 + records + opt);
  }

  @Test
  void silenceIsSilence() {
    assertThat(ask(service((_, _, _, choice) -> choice.drop()))).isEqualTo("nothing");
  }

  @Test
  void aChosenAliasIsFollowedWithinOurZones() {
    Asker asker = aliases(cname("www.example"));
    assertThat(ask(asker))
        .isEqualTo(
            "NOERROR aa rd\nAN s.example. 20 CNAME www.example.\nAN www.example. 300 A 192.0.2.9");
  }

  @Test
  void aChosenAliasThatLeadsOutIsTheAnswer() {
    assertThat(ask(aliases(cname("sorry.test"))))
        .isEqualTo("NOERROR aa rd\nAN s.example. 20 CNAME sorry.test.");
  }

  /** RFC 1034 section 3.6.2: nothing stands beside a CNAME. */
  @Test
  void aChosenAliasStandsAlone() {
    var address = new SteeredRecord(RrType.A, new byte[] {(byte) 192, 0, 2, 1}, 0);
    assertThat(ask(aliases(cname("sorry.test"), address)))
        .isEqualTo("NOERROR aa rd\nAN s.example. 20 CNAME sorry.test.");
    assertThat(ask(aliases(address, cname("sorry.test"))))
        .isEqualTo("NOERROR aa rd\nAN s.example. 20 A 192.0.2.1");
  }

  @Test
  void anAliasFromServiceToServiceIsFollowedOnce() {
    Asker asker =
        new World()
            .zone("example", "")
            .service("s.example", List.of(rrset(RrType.A, 5, FIRST, List.of(cname("t.example")))))
            .service("t.example", List.of(rrset(RrType.A, 6, FIRST, List.of(cname("s.example")))))
            .asker();
    assertThat(ask(asker))
        .isEqualTo(
            "NOERROR aa rd\nAN s.example. 5 CNAME t.example.\nAN t.example. 6 CNAME s.example.");
  }

  @Test
  void aFailureBehindAnAliasIsAFailure() {
    Asker asker =
        new World()
            .zone("example", "www 300 CNAME s")
            .service(
                "s.example",
                List.of(addresses(2, (_, _, _, choice) -> choice.servfail(), "192.0.2.1")))
            .asker();
    assertThat(asker.transcript(RawQuery.of("www.example", "A"))).isEqualTo("SERVFAIL rd");
  }

  @Test
  void staticRecordsMayStandBesideAService() {
    Asker asker =
        new World()
            .zone("example", "s 300 TXT beside\ns 300 MX 5 mx")
            .service("s.example", List.of(addresses(2, FIRST, "192.0.2.1")))
            .asker();
    assertThat(ask(asker)).isEqualTo("NOERROR aa rd\nAN s.example. 2 A 192.0.2.1");
    assertThat(asker.transcript(RawQuery.of("s.example", "TXT")))
        .isEqualTo("NOERROR aa rd\nAN s.example. 300 TXT beside");
    assertThat(asker.transcript(RawQuery.of("s.example", "AAAA")))
        .isEqualTo("NOERROR aa rd\n" + SOA);
  }

  @Test
  void aServiceMayStandAtTheApex() {
    Asker asker =
        new World()
            .zone("example", "")
            .service("example", List.of(addresses(2, FIRST, "192.0.2.1")))
            .asker();
    assertThat(asker.transcript(RawQuery.of("example", "A")))
        .isEqualTo("NOERROR aa rd\nAN example. 2 A 192.0.2.1");
    assertThat(asker.transcript(RawQuery.of("example", "SOA")))
        .startsWith("NOERROR aa rd\nAN example. 30 SOA");
  }

  /** The client is the resolver, or the subnet that it names (RFC 7871 section 7.2.1). */
  @ParameterizedTest
  @CsvSource({
    // family, source, octets, deciding address
    "-1,  0, '',                198.51.100.7/32",
    " 1,  0, '',                198.51.100.7/32",
    " 1, 24, '192 0 2',         192.0.2.0/24",
    " 1, 32, '192 0 2 77',      192.0.2.77/32",
    " 2, 48, '32 1 13 184 0 5', 2001:db8:5:0:0:0:0:0/48",
    " 2,  0, '',                198.51.100.7/32",
  })
  void theChooserSeesTheClient(int family, int source, String octets, String expected) {
    List<String> seen = new ArrayList<>();
    Asker asker =
        service(
            (client, _, _, choice) -> {
              Address address = client.decidingAddress(true);
              seen.add(address.toInetAddress().getHostAddress() + "/" + address.prefixLength());
              choice.take(0);
            });
    RawQuery query = RawQuery.of("s.example", "A");
    asker.send(
        (family < 0 ? query : query.opt(1232, 0, subnet(family, source, 0, parse(octets))))
            .bytes());
    asker.send(RawQuery.of("s.example", "A").bytes());

    assertThat(seen)
        .as("and none of it in the next query")
        .containsExactly(expected, "198.51.100.7/32");
  }

  /**
   * RFC 7871 section 7.2.1: the scope is the chooser's, no longer than an address, 0 for SOURCE 0.
   */
  @ParameterizedTest
  @CsvSource({
    // family, source, octets, chooser's scope, scope
    "1, 24, '192 0 2',    0,   0",
    "1, 24, '192 0 2',    16,  16",
    "1, 24, '192 0 2',    24,  24",
    "1, 24, '192 0 2',    28,  28",
    "1, 24, '192 0 2',    99,  32",
    "1,  0, '',           16,  0",
    "2, 32, '32 1 13 184', 56, 56",
    "2, 32, '32 1 13 184', 200, 128",
  })
  void theScopeIsTheChoosers(int family, int source, String octets, int narrowed, int scope) {
    Asker asker =
        service(
            (_, _, _, choice) -> {
              choice.take(0);
              choice.narrowScope(narrowed);
            });
    byte[] query =
        RawQuery.of("s.example", "A")
            .opt(1232, 0, subnet(family, source, 0, parse(octets)))
            .bytes();
    byte[] reply = asker.send(query);

    int scopeAt = reply.length - parse(octets).length - 1;
    assertThat(reply[scopeAt] & 0xff).isEqualTo(scope);
    assertThat(asker.transcript(RawQuery.of("s.example", "A").opt(1232, 0))).endsWith("OPT 1232");
  }

  /** The narrowest scope of a chain holds, the first service's too. */
  @Test
  void theScopeOfAChainIsTheNarrowest() {
    Chooser narrow =
        (_, _, _, choice) -> {
          choice.take(0);
          choice.narrowScope(22);
        };
    Asker asker =
        new World()
            .zone("example", "")
            .service("s.example", List.of(rrset(RrType.A, 5, narrow, List.of(cname("t.example")))))
            .service("t.example", List.of(addresses(6, FIRST, "192.0.2.1")))
            .asker();
    assertThat(
            asker.transcript(
                RawQuery.of("s.example", "A").opt(1232, 0, subnet(1, 24, 0, 192, 0, 2))))
        .endsWith("OPT 1232 ecs 192.0.2.0/24/22");
  }

  /** Nothing of one choice is left for the next. */
  @Test
  void aTypeThatIsMissingHasScopeZero() {
    Asker asker =
        service(
            (_, _, _, choice) -> {
              choice.take(0);
              choice.narrowScope(24);
              choice.extendedError(ExtendedError.NO_REACHABLE_AUTHORITY);
            });
    byte[] subnet = subnet(1, 24, 0, 192, 0, 2);
    assertThat(asker.transcript(RawQuery.of("s.example", "A").opt(1232, 0, subnet)))
        .endsWith("/24/24 ede 22");
    assertThat(asker.transcript(RawQuery.of("s.example", "AAAA").opt(1232, 0, subnet)))
        .endsWith("/24/0");
  }

  @Test
  void eachQueryTakesTheTurnOfItsRrset() {
    Turn turn = new Turn();
    List<SteeredRecord> records =
        addresses(2, FIRST, "192.0.2.0", "192.0.2.1", "192.0.2.2").records();
    var rotating =
        new SteeredRrSet(
            RrType.A, 2, records, (_, _, own, choice) -> choice.take((int) (own.next() % 3)), turn);
    Asker asker = new World().zone("example", "").service("s.example", List.of(rotating)).asker();

    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String transcript = ask(asker);
      answers.add(transcript.substring(transcript.length() - 1));
    }
    assertThat(answers).containsExactly("0", "1", "2", "0");
    assertThat(turn.next()).isEqualTo(4);
  }

  private static Asker service(Chooser chooser) {
    return new World()
        .zone("example", "")
        .service(
            "s.example", List.of(addresses(20, chooser, "192.0.2.1", "192.0.2.2", "192.0.2.3")))
        .asker();
  }

  private static Asker aliases(SteeredRecord... records) {
    Chooser all =
        (_, _, _, choice) -> {
          for (int i = 0; i < records.length; i++) {
            choice.take(i);
          }
        };
    return new World()
        .zone("example", "www 300 A 192.0.2.9")
        .service("s.example", List.of(rrset(RrType.A, 20, all, List.of(records))))
        .asker();
  }

  private static String ask(Asker asker) {
    return asker.transcript(RawQuery.of("s.example", "A"));
  }

  private static String askWithEdns(Asker asker) {
    return asker.transcript(RawQuery.of("s.example", "A").opt(1232, 0));
  }

  private static int[] parse(String octets) {
    return octets.isEmpty()
        ? new int[0]
        : java.util.Arrays.stream(octets.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
