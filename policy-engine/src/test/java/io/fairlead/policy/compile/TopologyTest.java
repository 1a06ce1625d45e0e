package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static io.fairlead.policy.TestService.resolver;
import static io.fairlead.policy.TestService.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.TestGeo;
import io.fairlead.policy.TestService;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.Network;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.policy.spec.TopologySpec.Rule;
import io.fairlead.policy.spec.TopologySpec.When;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {
  private static final TopologySpec COMPLIANCE =
      new TopologySpec(
          "compliance",
          List.of(
              rule(inGroup("10.0.0.0/8"), false, "oslo", "dublin"),
              rule(inCountries("de", "FR", "NO"), true, "dublin", "oslo"),
              rule(inContinent("AS"), false, "tokyo"),
              rule(ofAsn(64500), false, "virginia"),
              rule(When.ALWAYS, false, "virginia", "dublin")));

  private GeoData places = GeoData.NONE;

  @BeforeEach
  void places() throws Exception {
    places =
        TestGeo.of(
            "20.0.0.0/16,,,EU,FR,,Paris,,",
            "20.1.0.0/16,,,EU,DE,,Berlin,,",
            "20.2.0.0/16,,,AS,JP,,Tokyo,64500,",
            "20.3.0.0/16,,,EU,GB,ENG,London,64500,",
            "20.3.8.0/24,,,EU,NO,,Oslo,64500,");
  }

  private TestService ruled() {
    return service(COMPLIANCE);
  }

  private TestService service(TopologySpec topology) {
    return TestService.of(
            pool(
                "main",
                10,
                new Algorithm.Topology(topology),
                member("oslo", "192.0.2.1", 1),
                member("dublin", "192.0.2.2", 1),
                member("virginia", "192.0.2.3", 1),
                member("tokyo", "192.0.2.4", 1)))
        .in(Map.of(), places);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 1, 8", // the group's rule comes first and is all that mattered
    "20.0.9.0/24, 2, 15", // France and Germany have one rule: 20.0.0.0/15 is one range
    "20.1.9.0/24, 2, 15",
    "20.2.9.0/24, 4, 16",
    "20.3.0.0/24, 3, 21", // 20.3.8.0/24 inside it is under another rule
    "20.3.8.0/24, 2, 24",
    "11.0.0.0/24, 3, 8",
  })
  void theFirstRuleThatMatchesSaysWhereAndItsScopeIsAsWideAsItHolds(
      String client, String expected, int expectedScope) {
    var service = ruled();
    assertThat(service.answer(subnet(client))).isEqualTo(expected);
    int scope = service.ask(service.rrset(RrType.A), subnet(client)).scopePrefixLength();
    assertThat(scope).isEqualTo(expectedScope);
  }

  @Test
  void aPreferredSiteThatIsDownIsPassedOverAndTheRestComesAfterIt() {
    var service = ruled();
    assertThat(service.answers(0).answer(resolver("10.1.1.1"))).isEqualTo("1234");
    service.set("192.0.2.1", Availability.DOWN);
    assertThat(service.answers(1).answer(resolver("10.1.1.1"))).isEqualTo("2");
    service.set("192.0.2.2", Availability.DOWN);
    assertThat(List.of(service.answer(resolver("10.1.1.1")), service.answer(resolver("10.1.1.1"))))
        .containsExactlyInAnyOrder("3", "4");
  }

  @Test
  void aStrictRuleGivesItsSitesOrTheDownResponseForThoseClientsAlone() {
    var service = ruled().answers(0);
    assertThat(service.answer(resolver("20.0.0.1"))).isEqualTo("21");
    service.set("192.0.2.1", Availability.DOWN).set("192.0.2.2", Availability.DOWN);
    var rrset = service.rrset(RrType.A);
    var strict = service.ask(rrset, resolver("20.0.0.1"));
    assertThat(strict.outcome()).isEqualTo(Choice.Outcome.SERVFAIL);
    assertThat(strict.extendedError()).isEqualTo(22);
    assertThat(service.ask(rrset, resolver("20.2.0.1")).outcome())
        .isEqualTo(Choice.Outcome.RECORDS);
  }

  @Test
  void allRecordsOfAStrictRuleAreThoseOfItsSites() {
    var service = ruled().whenDown(new DownResponse.AllRecords());
    service.set("192.0.2.1", Availability.DOWN).set("192.0.2.2", Availability.DOWN);
    assertThat(service.answer(resolver("20.0.0.1"))).isEqualTo("21");
    service.set("192.0.2.3", Availability.DOWN).set("192.0.2.4", Availability.DOWN);
    assertThat(service.answer(resolver("20.0.0.1"))).isEqualTo("21");
    assertThat(service.answer(resolver("20.2.0.1"))).hasSize(4);
  }

  @Test
  void whereNoRuleMatchesAllShare() {
    var service = service(new TopologySpec("few", List.of(rule(inContinent("AS"), true, "tokyo"))));
    var answers = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      answers.append(service.answer(resolver("11.0.0.1")));
      assertThat(service.answer(resolver("20.2.0.1"))).isEqualTo("4");
    }
    assertThat(answers).hasToString("1234");
  }

  @Test
  void membersOfAPreferredSiteShareExactlyWhoeverElseAsks() {
    var members =
        new MemberSpec[] {
          member("oslo", "192.0.2.1", 2),
          member("oslo", "192.0.2.2", 1),
          member("tokyo", "192.0.2.4", 1),
          member("tokyo", "192.0.2.5", 1)
        };
    var service =
        TestService.of(pool("main", 10, new Algorithm.Topology(COMPLIANCE), members))
            .in(Map.of(), places);
    var offices = new StringBuilder();
    var asia = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      offices.append(service.answer(resolver("10.0.0.1")));
      asia.append(service.answer(resolver("20.2.0.1")));
    }
    assertThat(offices).hasToString("112112");
    assertThat(asia).hasToString("454545");
  }

  @ParameterizedTest
  @CsvSource({
    "region, ENG, 4",
    "region, gb-eng, 4",
    "region, US-ENG, 1",
    "city, london, 4",
    "city, Oslo, 1",
    "tag, lab, 1",
  })
  void conditionsAreOneOfTheirValuesInAnyCase(String kind, String value, String expected) {
    var values = Set.of(value);
    Set<String> none = Set.of();
    var when =
        new When(
            List.of(),
            List.of(),
            none,
            none,
            kind.equals("region") ? values : none,
            kind.equals("city") ? values : none,
            Set.of(),
            kind.equals("tag") ? values : none);
    var service =
        service(
            new TopologySpec(
                "one", List.of(rule(when, true, "tokyo"), rule(When.ALWAYS, true, "oslo"))));
    assertThat(service.answer(resolver("20.3.0.1"))).isEqualTo(expected);
  }

  @Test
  void aRuleIsForClientsThatPassAllOfItsConditions() {
    var when =
        new When(
            List.of(),
            List.of(Network.parse("20.3.0.0/16")),
            Set.of("EU"),
            Set.of("NO"),
            Set.of(),
            Set.of(),
            Set.of(64500L),
            Set.of());
    var service =
        service(
            new TopologySpec(
                "one", List.of(rule(when, true, "tokyo"), rule(When.ALWAYS, true, "oslo"))));
    assertThat(service.answer(resolver("20.3.8.1"))).isEqualTo("4");
    assertThat(service.answer(resolver("20.3.0.1"))).isEqualTo("1");
  }

  @Test
  void explainNamesTheRuleAndForWhomItHolds() {
    assertThat(ruled().explained(subnet("20.1.9.0/24")))
        .contains(
            "rule 2 of topology compliance matches the clients of 20.0.0.0/15: only dublin, then"
                + " oslo");
  }

  @Test
  void privateClientsGetTheAddressAndEveryoneElseThePublicOne() {
    var nat =
        new MemberSpec(
            "oslo",
            TestService.address("10.1.1.1"),
            1,
            true,
            null,
            0,
            "file",
            1,
            null,
            TestService.address("203.0.113.7"));
    var service =
        TestService.of(pool("main", 10, nat, member("dublin", "192.0.2.2", 1)))
            .privateClients("10.0.0.0/8")
            .answers(0);
    assertThat(service.answer(subnet("10.3.0.0/16"))).isEqualTo("12");
    assertThat(service.answer(subnet("11.0.0.0/16"))).isEqualTo("27");
    var rrset = service.rrset(RrType.A);
    assertThat(service.ask(rrset, subnet("10.3.0.0/16")).scopePrefixLength()).isEqualTo(8);
    assertThat(service.ask(rrset, subnet("11.3.0.0/16")).scopePrefixLength()).isEqualTo(8);
    assertThat(rrset.records().get(2).endpoint()).isEqualTo(rrset.records().get(0).endpoint());
    assertThat(service.explained(subnet("10.3.0.0/16")))
        .contains("the client is private: it gets the members' own addresses");
  }

  private static Rule rule(When when, boolean strict, String... prefer) {
    return new Rule(when, List.of(prefer), strict);
  }

  private static When inGroup(String network) {
    return new When(
        List.of(new ClientGroup("offices", List.of(Network.parse(network)))),
        List.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of());
  }

  private static When inCountries(String... countries) {
    return new When(
        List.of(), List.of(), Set.of(), Set.of(countries), Set.of(), Set.of(), Set.of(), Set.of());
  }

  private static When inContinent(String continent) {
    return new When(
        List.of(), List.of(), Set.of(continent), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  private static When ofAsn(long asn) {
    return new When(
        List.of(), List.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(asn), Set.of());
  }
}
