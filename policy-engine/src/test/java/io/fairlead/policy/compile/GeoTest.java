package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static io.fairlead.policy.TestService.resolver;
import static io.fairlead.policy.TestService.subnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.TestGeo;
import io.fairlead.policy.TestService;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.Globe;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoTest {
  private static final Algorithm GEO = new Algorithm.Geo(new Algorithm.Fallback.RoundRobin());
  private static final Map<String, Location> SITES =
      Map.of(
          "oslo", new Location(59.91, 10.75),
          "virginia", new Location(38.95, -77.45),
          "tokyo", new Location(35.68, 139.69));

  private GeoData places = GeoData.NONE;

  @BeforeEach
  void places() throws Exception {
    places =
        TestGeo.of(
            "10.0.0.0/16,51.51,-0.09,EU,GB,ENG,London,,",
            "10.1.0.0/16,34.69,135.50,AS,JP,27,Osaka,,",
            "10.2.0.0/16,40.71,-74.00,NA,US,NY,New York,,",
            "10.2.3.0/24,51.51,-0.09,EU,GB,ENG,London,,",
            "10.3.0.0/16,,,EU,,,,,",
            "192.0.2.9/32,35.0,139.0,AS,JP,,,,");
  }

  private TestService near() {
    return TestService.of(
            pool(
                "main",
                10,
                GEO,
                member("oslo", "192.0.2.1", 1),
                member("virginia", "192.0.2.2", 1),
                member("tokyo", "192.0.2.3", 1)))
        .in(SITES, places);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.0/24, 1, 16",
    "10.1.1.0/24, 3, 16",
    "10.2.1.0/24, 2, 23",
    "10.2.3.0/24, 1, 24",
    "10.2.0.0/15, 2, 23",
  })
  void theNearestMemberAnswersForAsManyClientsAsAreAtThatPlace(
      String client, String expected, int scope) {
    var service = near();
    var choice = service.ask(service.rrset(RrType.A), subnet(client));
    assertThat(service.answer(subnet(client))).isEqualTo(expected);
    assertThat(choice.scopePrefixLength()).isEqualTo(scope);
  }

  @Test
  void furtherAnswersAreTheNextNearest() {
    assertThat(near().answers(0).answer(resolver("10.0.0.1"))).isEqualTo("123");
    assertThat(near().answers(2).answer(resolver("10.1.0.1"))).isEqualTo("31");
    assertThat(near().answers(0).answer(resolver("10.2.0.1"))).isEqualTo("213");
  }

  @Test
  void theNextNearestTakesOverAndGivesBack() {
    var service = near().set("192.0.2.1", Availability.DOWN);
    assertThat(service.answer(resolver("10.0.0.1"))).isEqualTo("2");
    service.set("192.0.2.1", Availability.UP);
    assertThat(service.answer(resolver("10.0.0.1"))).isEqualTo("1");
  }

  @Test
  void aClientWithoutAPlaceFallsBackAndOthersDoNotDisturbItsTurns() {
    var service = near();
    var answers = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      answers.append(service.answer(resolver("10.3.0.1")));
      service.answer(resolver("10.0.0.1"));
      answers.append(service.answer(resolver("172.16.0.1")));
    }
    assertThat(answers).hasToString("123123123123");
  }

  @Test
  void theFallbackMayBeAHash() {
    var hash = new Algorithm.Fallback.ConsistentHash(new Algorithm.HashMask(24, 56));
    var service =
        TestService.of(
                pool(
                    "main",
                    10,
                    new Algorithm.Geo(hash),
                    member("oslo", "192.0.2.1", 1),
                    member("virginia", "192.0.2.2", 1)))
            .in(SITES, places);
    var choice = service.ask(service.rrset(RrType.A), subnet("172.16.0.0/20"));
    assertThat(choice.scopePrefixLength()).isEqualTo(24);
    assertThat(service.answer(subnet("172.16.0.77/32")))
        .isEqualTo(service.answer(subnet("172.16.0.0/20")));
  }

  @Test
  void aMembersOwnLocationComesBeforeItsSitesAndThatBeforeTheFilesViewOfItsAddress() {
    var osaka = new Location(34.69, 135.50);
    var own =
        new MemberSpec(
            "oslo", TestService.address("192.0.2.4"), 1, true, null, 0, "file", 1, osaka, null);
    var service =
        TestService.of(
                pool(
                    "main",
                    10,
                    GEO,
                    member("tokyo", "192.0.2.3", 1),
                    member("virginia", "192.0.2.2", 1),
                    own,
                    member("nowhere", "192.0.2.9", 1)))
            .in(SITES, places)
            .answers(0);
    assertThat(service.answer(resolver("10.1.0.1")))
        .as("Osaka itself, then 192.0.2.9 by the files, then Tokyo, then America")
        .isEqualTo("4932");
  }

  @Test
  void membersOfOnePlaceShareAndThoseOfNoPlaceComeLast() {
    var service =
        TestService.of(
                pool(
                    "main",
                    10,
                    GEO,
                    member("atlantis", "192.0.2.4", 1),
                    member("oslo", "192.0.2.1", 2),
                    member("oslo", "192.0.2.5", 1)))
            .in(SITES, places);
    var answers = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      answers.append(service.answer(resolver("10.0.0.1")));
    }
    assertThat(answers).hasToString("115115");
    assertThat(service.answers(0).answer(resolver("10.0.0.1"))).isEqualTo("154");
  }

  @Test
  void theNearestPoolIsTakenAndPrioritiesMeanNothing() {
    var service =
        TestService.of(
                at("europe", 10, new Location(50, 8), member("oslo", "192.0.2.1", 1)),
                at("america", 90, new Location(38.9, -77.4), member("virginia", "192.0.2.2", 1)))
            .in(SITES, places)
            .poolsByDistance();
    assertThat(service.answer(resolver("10.0.0.1"))).isEqualTo("1");
    assertThat(service.answer(resolver("10.2.0.1"))).isEqualTo("2");
    assertThat(service.answer(resolver("10.3.0.1"))).as("no place: by priority").isEqualTo("2");
    assertThat(service.answers(0).answer(resolver("10.0.0.1"))).isEqualTo("12");
    service.answers(1).set("192.0.2.1", Availability.DOWN);
    assertThat(service.answer(resolver("10.0.0.1"))).isEqualTo("2");
  }

  @Test
  void explainNamesThePlaceTheDistanceAndForWhomItHolds() {
    assertThat(near().explained(subnet("10.2.1.0/24")))
        .contains(
            "the clients of 10.2.0.0/23 are at New York, NY, US, NA",
            "the nearest location is 354 km away");
  }

  /** Hand-picked pairs: over the antimeridian, over both poles, and half way round. */
  @ParameterizedTest
  @CsvSource({
    "0, 179, 0, -179, 222",
    "89, 0, 89, 180, 222",
    "-89, 90, -89, -90, 222",
    "0, 0, 0, 180, 20015",
    "90, 0, -90, 0, 20015",
    "59.91, 10.75, 59.91, 10.75, 0",
    "51.51, -0.09, 40.71, -74.00, 5572",
  })
  void distancesAreGreatCircles(double lat1, double lon1, double lat2, double lon2, double km) {
    var a = Globe.of(List.of(new Location(lat1, lon1)));
    var b = Globe.of(List.of(new Location(lat2, lon2)));
    assertThat(a.kilometres(0, b, 0)).isCloseTo(km, within(1.0));
  }

  @Test
  void theNearestIsRightAcrossTheAntimeridianAndAtThePole() {
    var globe = Globe.of(List.of(new Location(0, -179), new Location(0, 170), new Location(80, 0)));
    assertThat(globe.nearest(Globe.of(List.of(new Location(0, 179))), 0, -1)).isZero();
    assertThat(globe.nearest(Globe.of(List.of(new Location(89, 179))), 0, -1)).isEqualTo(2);
  }

  private static PoolSpec at(String name, int priority, Location location, MemberSpec member) {
    return new PoolSpec(
        name, priority, new Algorithm.RoundRobin(), true, List.of(member), location, List.of());
  }
}
