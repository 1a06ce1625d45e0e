package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static io.fairlead.policy.TestService.preferred;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.NameMemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who follows whom: preferences, pools that join, last resorts, names. */
class LadderTest {
  private static final Algorithm PREFERENCE = new Algorithm.PreferenceOrder();

  @Test
  void theLowestPreferenceThatCanAnswerIsTaken() {
    var service =
        TestService.of(
            pool(
                "main",
                10,
                PREFERENCE,
                preferred("lima", "192.0.2.3", 1, 128),
                preferred("oslo", "192.0.2.1", 1, 1),
                preferred("dublin", "192.0.2.2", 1, 2)));
    assertThat(service.answersTo(3)).isEqualTo("1 1 1");
    assertThat(service.answers(0).answersTo(1)).isEqualTo("123");
    service.set("192.0.2.1", Availability.DOWN);
    assertThat(service.answers(1).answersTo(2)).isEqualTo("2 2");
    service.set("192.0.2.2", Availability.HELD);
    assertThat(service.answersTo(2)).isEqualTo("3 3");
  }

  @Test
  void equalPreferencesShareByWeightWhateverFollowsThem() {
    var service =
        TestService.of(
            pool(
                "main",
                10,
                PREFERENCE,
                preferred("oslo", "192.0.2.1", 2, 1),
                preferred("dublin", "192.0.2.2", 1, 1),
                preferred("lima", "192.0.2.3", 1, 2),
                preferred("tokyo", "192.0.2.4", 1, 2)));
    assertThat(service.answersTo(6)).isEqualTo("1 1 2 1 1 2");
    assertThat(service.answers(0).answersTo(3)).isEqualTo("1234 1243 2134");
  }

  @Test
  void poolsJoinByFallingPriorityUntilEnoughMembersAreUp() {
    var service =
        TestService.of(
                pool("first", 30, member("oslo", "192.0.2.1", 1), member("oslo", "192.0.2.2", 1)),
                pool("second", 20, member("lima", "192.0.2.3", 1)),
                pool("third", 10, member("tokyo", "192.0.2.4", 1)))
            .minMembersUp(2);
    assertThat(service.answersTo(4)).isEqualTo("1 2 1 2");
    service.set("192.0.2.1", Availability.DOWN);
    assertThat(service.answersTo(4)).isEqualTo("2 3 2 3");
    service.set("192.0.2.3", Availability.DOWN);
    assertThat(service.answersTo(4)).isEqualTo("2 4 2 4");
    service.set("192.0.2.4", Availability.DOWN);
    assertThat(service.answersTo(2)).isEqualTo("2 2");
    service.set("192.0.2.2", Availability.DOWN);
    assertThat(service.ask().outcome()).isEqualTo(Choice.Outcome.SERVFAIL);
  }

  @Test
  void anAddressInTwoPoolsCountsOnceWhenMembersAreGathered() {
    var service =
        TestService.of(
                pool("first", 30, member("oslo", "192.0.2.1", 1)),
                pool("second", 20, member("oslo", "192.0.2.1", 1)),
                pool("third", 10, member("tokyo", "192.0.2.4", 1)))
            .minMembersUp(2);
    assertThat(service.answersTo(3)).isEqualTo("1 1 4");
  }

  @Test
  void anAddressOfLastResortIsGivenInItsFamily() throws Exception {
    var service =
        TestService.of(
                pool("main", 10, member("oslo", "192.0.2.1", 1), member("oslo", "2001:db8::1", 1)))
            .whenDown(
                new DownResponse.FallbackAddress(
                    (Inet4Address) TestService.address("198.51.100.9"),
                    (Inet6Address) TestService.address("2001:db8:ff::7")));
    assertThat(service.answersTo(1)).isEqualTo("1");
    service.set("192.0.2.1", Availability.DOWN).set("2001:db8::1", Availability.DOWN);
    assertThat(service.answersTo(1)).isEqualTo("9");
    assertThat(service.ask().extendedError()).isEqualTo(22);
    var aaaa = service.rrset(RrType.AAAA);
    assertThat(TestService.lastOctets(aaaa, service.ask(aaaa))).isEqualTo("7");
  }

  @Test
  void aFamilyWithoutALastResortOfItsOwnIsNoData() {
    var service =
        TestService.of(pool("main", 10, member("oslo", "192.0.2.1", 1)))
            .whenDown(
                new DownResponse.FallbackAddress(
                    null, (Inet6Address) TestService.address("2001:db8:ff::7")));
    assertThat(types(service)).containsExactly(RrType.A);
    service.set("192.0.2.1", Availability.DOWN);
    assertThat(service.ask().count()).isZero();
    assertThat(service.ask().outcome()).isEqualTo(Choice.Outcome.RECORDS);
    assertThat(types(service)).as("IPv6 clients are helped too").contains(RrType.AAAA);
  }

  @Test
  void aNameOfLastResortIsTheAnswerToBothTypes() {
    var sorry = Name.parse("sorry.example.com");
    var service =
        TestService.of(pool("main", 10, member("oslo", "192.0.2.1", 1)))
            .whenDown(new DownResponse.Cname(sorry));
    assertThat(types(service)).containsExactly(RrType.A);
    service.set("192.0.2.1", Availability.DOWN);
    for (int type : new int[] {RrType.A, RrType.AAAA}) {
      var rrset = service.rrset(type);
      var record = rrset.records().get(service.ask(rrset).record(0));
      assertThat(record.type()).isEqualTo(RrType.CNAME);
      assertThat(record.rdata()).isEqualTo(sorry.wire());
    }
  }

  @Test
  void aMemberThatIsANameIsOneCnameForBothTypesHoweverManyAnswersAreWanted() {
    var service =
        TestService.of(
                names("main", 20, "a.cdn.example.net", "b.cdn.example.net"),
                pool("backup", 20, member("oslo", "192.0.2.1", 1)))
            .answers(0);
    for (int i = 0; i < 4; i++) {
      var rrset = service.rrset(RrType.A);
      var choice = service.ask(rrset);
      assertThat(choice.count()).isEqualTo(1);
      assertThat(rrset.records().get(choice.record(0)).type())
          .isEqualTo(i % 2 == 0 ? RrType.CNAME : RrType.A);
    }
    assertThat(service.rrset(RrType.AAAA).records()).hasSize(2);
  }

  @Test
  void namesAndAddressesInOnePoolAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PoolSpec(
                    "mixed",
                    10,
                    PREFERENCE,
                    true,
                    List.of(member("oslo", "192.0.2.1", 1)),
                    null,
                    names("x", 1, "a.example.net").names()))
        .withMessage("pool mixed has addresses and names; a pool has one or the other");
  }

  private static PoolSpec names(String name, int priority, String... hostnames) {
    var names =
        Arrays.stream(hostnames)
            .map(
                host ->
                    new NameMemberSpec("cdn", Name.parse(host), 1, true, null, 0, "file", 1, null))
            .toList();
    return new PoolSpec(name, priority, new Algorithm.RoundRobin(), true, List.of(), null, names);
  }

  private static List<Integer> types(TestService service) {
    return service.compile().stream().map(SteeredRrSet::type).toList();
  }
}
