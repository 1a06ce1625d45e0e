package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that is sent to another name is sent there for every type (RFC 1034 section 3.6.2). */
class OtherNamesTest {
  private static final Algorithm TURNS = new Algorithm.RoundRobin();

  private static NameMemberSpec named(String hostname, int weight) {
    return new NameMemberSpec("cdn", Name.parse(hostname), weight, true, null, 0, "file", 1, null);
  }

  private static PoolSpec names(int priority, NameMemberSpec... members) {
    return new PoolSpec("names", priority, TURNS, true, List.of(), null, List.of(members));
  }

  private static List<String> types(TestService service) {
    return service.compile().stream().map(rrset -> RrType.text(rrset.type())).toList();
  }

  private static String answer(TestService service, int type) {
    SteeredRrSet rrset = service.rrset(type);
    var choice = service.ask(rrset);
    return choice.count() == 0 ? "" : TestService.text(rrset.record(choice.record(0)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    // pools, what is up: the RRsets
    "addresses,      all,  A",
    "addresses,      none, A",
    "names,          all,  A AAAA CNAME",
    "both,           all,  A AAAA CNAME",
    "both,           none, A AAAA CNAME",
    "last resort,    all,  A",
    "last resort,    none, A AAAA CNAME",
    "names of SRV,   all,  SRV"
  })
  void onlyWhoMaySendClientsElsewhereHasACname(String pools, String up, String expected) {
    var addresses = pool("main", 20, member("oslo", "192.0.2.1", 1));
    var service =
        switch (pools) {
          case "addresses" -> TestService.of(addresses);
          case "names" -> TestService.of(names(10, named("cdn.example.net", 1)));
          case "both" -> TestService.of(addresses, names(10, named("cdn.example.net", 1)));
          case "last resort" ->
              TestService.of(addresses)
                  .whenDown(new DownResponse.Cname(Name.parse("sorry.example.net")));
          default ->
              TestService.of(names(10, named("sip.example.net", 1)))
                  .types(new AnswerTypes(false, false, List.of(), new AnswerTypes.Server(1, 5060)));
        };
    if (up.equals("none")) {
      service.set("192.0.2.1", Availability.DOWN);
    }
    assertThat(types(service)).containsExactly(expected.split(" "));
  }

  @Test
  void theLadderDecidesWhetherThereIsAName() {
    var service =
        TestService.of(
            pool("main", 20, member("oslo", "192.0.2.1", 1), member("oslo", "2001:db8::1", 1)),
            names(10, named("cdn.example.net", 1)));
    assertThat(answer(service, RrType.CNAME)).as("an address: no other type").isNotEmpty();
    assertThat(answer(service, RrType.CNAME)).doesNotContain("cdn");

    service.set("192.0.2.1", Availability.DOWN);
    assertThat(answer(service, RrType.CNAME)).as("IPv6 is up").isEqualTo("2001:db8:0:0:0:0:0:1");

    service.set("2001:db8::1", Availability.DOWN);
    for (int type : List.of(RrType.A, RrType.AAAA, RrType.CNAME)) {
      assertThat(answer(service, type)).isEqualTo("cdn.example.net");
    }
  }

  /** Browsers ask for HTTPS as often as for A: neither may take the other's turns. */
  @Test
  void otherTypesSpendNoTurnOfTheAddresses() {
    var service =
        TestService.of(names(10, named("one.example.net", 1), named("two.example.net", 1)));
    var asked = new ArrayList<String>();
    Map<String, Integer> others = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      asked.add(answer(service, RrType.A));
      others.merge(answer(service, RrType.CNAME), 1, Integer::sum);
    }
    assertThat(asked.subList(0, 2)).doesNotHaveDuplicates();
    assertThat(asked.subList(2, 10)).containsExactlyElementsOf(asked.subList(0, 8));
    assertThat(others.values()).containsExactly(5, 5);
  }

  @ParameterizedTest
  @CsvSource({"no-data, RECORDS", "none, DROP", "servfail, SERVFAIL"})
  void whenNobodyIsUpTheDownResponseIsEveryTypes(String response, String outcome) {
    DownResponse down =
        switch (response) {
          case "no-data" -> new DownResponse.NoData();
          case "none" -> new DownResponse.None();
          default -> new DownResponse.Servfail();
        };
    var service =
        TestService.of(
                pool("main", 20, member("oslo", "192.0.2.1", 1)),
                new PoolSpec(
                    "names",
                    10,
                    TURNS,
                    false,
                    List.of(),
                    null,
                    List.of(named("cdn.example.net", 1))))
            .whenDown(down)
            .set("192.0.2.1", Availability.DOWN);
    var choice = service.ask(service.rrset(RrType.CNAME));
    assertThat(choice.outcome()).hasToString(outcome);
    assertThat(choice.count()).isZero();
  }
}
