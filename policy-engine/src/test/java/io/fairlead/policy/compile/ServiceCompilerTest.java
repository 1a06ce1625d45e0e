package io.fairlead.policy.compile;

import static io.fairlead.policy.TestService.disabled;
import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceCompilerTest {
  private final TestService weighted =
      TestService.of(
          pool("main", 10, member("oslo", "192.0.2.1", 8), member("dublin", "192.0.2.2", 2)));

  @Test
  void eightToTwoIsAaaabTwiceInTenAnswers() {
    assertThat(weighted.answersTo(10)).isEqualTo("1 1 1 1 2 1 1 1 1 2");
  }

  @Test
  void aRecompileGoesOnWhereTheTurnsStood() {
    assertThat(weighted.answersTo(3)).isEqualTo("1 1 1");
    assertThat(weighted.answersTo(3)).isEqualTo("1 2 1");
  }

  @Test
  void whoIsDownLeavesAndTheRestIsExactAgain() {
    var three =
        TestService.of(
            pool(
                "main",
                10,
                member("oslo", "192.0.2.1", 2),
                member("dublin", "192.0.2.2", 1),
                member("tokyo", "192.0.2.3", 1)));
    three.set("192.0.2.3", Availability.DOWN);
    assertThat(three.answersTo(6)).isEqualTo("1 1 2 1 1 2");
    three.set("192.0.2.1", Availability.DOWN).set("192.0.2.3", Availability.UP);
    assertThat(three.answersTo(4)).isEqualTo("2 3 2 3");
  }

  @ParameterizedTest
  @EnumSource(Availability.class)
  void availabilityDecidesWhoMayAnswer(Availability availability) {
    weighted.set("192.0.2.1", availability);
    assertThat(weighted.answersTo(5).contains("1")).isEqualTo(availability.eligible());
  }

  @Test
  void aMemberThatTheFileDisablesNeverAnswersHoweverWellItIs() {
    var service =
        TestService.of(
            pool("main", 10, disabled("oslo", "192.0.2.1"), member("dublin", "192.0.2.2", 1)));
    assertThat(service.answersTo(3)).isEqualTo("2 2 2");
  }

  @Test
  void eachFamilyHasItsOwnRecordsAndItsOwnTurns() {
    var service =
        TestService.of(
            pool(
                "main",
                10,
                member("oslo", "192.0.2.1", 1),
                member("oslo", "2001:db8::1", 1),
                member("dublin", "192.0.2.2", 1),
                member("dublin", "2001:db8::2", 1)));
    var a = service.rrset(RrType.A);
    var aaaa = service.rrset(RrType.AAAA);
    assertThat(TestService.lastOctets(a, service.ask(a))).isEqualTo("1");
    assertThat(TestService.lastOctets(aaaa, service.ask(aaaa))).isEqualTo("1");
    assertThat(TestService.lastOctets(a, service.ask(a))).isEqualTo("2");
    assertThat(a.records().getFirst().rdata()).hasSize(4);
    assertThat(aaaa.records().getFirst().rdata()).hasSize(16);
  }

  @Test
  void aFamilyWithoutAMemberHasNoRrset() {
    assertThat(weighted.compile()).extracting(SteeredRrSet::type).containsExactly(RrType.A);
  }

  @Test
  void oneFamilyDownAnswersForItselfOnly() {
    var service =
        TestService.of(
            pool("main", 10, member("oslo", "192.0.2.1", 1), member("oslo", "2001:db8::1", 1)));
    service.set("2001:db8::1", Availability.DOWN);
    assertThat(service.ask(service.rrset(RrType.A)).outcome()).isEqualTo(Choice.Outcome.RECORDS);
    assertThat(service.ask(service.rrset(RrType.AAAA)).outcome())
        .isEqualTo(Choice.Outcome.SERVFAIL);
  }

  @Test
  void answersAreDistinctAndFollowTheScheduleOn() {
    var service =
        TestService.of(
            pool(
                "main",
                10,
                member("oslo", "192.0.2.1", 5),
                member("dublin", "192.0.2.2", 1),
                member("tokyo", "192.0.2.3", 1)));
    assertThat(service.answers(2).answersTo(7)).isEqualTo("12 12 12 21 13 13 31");
    assertThat(service.answers(0).answersTo(7)).isEqualTo("123 123 123 213 132 132 312");
    assertThat(service.answers(20).ask().count()).isEqualTo(3);
  }

  @Test
  void theHighestPriorityWithAMemberThatCanAnswerIsTaken() {
    var service =
        TestService.of(
            pool("backup", 10, member("virginia", "192.0.2.3", 1)),
            pool("primary", 20, member("oslo", "192.0.2.1", 1), member("dublin", "192.0.2.2", 1)),
            pool("shadow", 0, member("lab", "192.0.2.4", 1)));
    assertThat(service.answersTo(2)).isEqualTo("1 2");
    service.set("192.0.2.1", Availability.DOWN);
    assertThat(service.answersTo(2)).isEqualTo("2 2");
    service.set("192.0.2.2", Availability.HELD);
    assertThat(service.answersTo(2)).isEqualTo("3 3");
    service.set("192.0.2.3", Availability.DOWN);
    assertThat(service.ask().outcome()).isEqualTo(Choice.Outcome.SERVFAIL);
  }

  @Test
  void aPoolWithoutAMemberOfTheFamilyIsPassedOver() {
    var service =
        TestService.of(
            pool("six", 20, member("oslo", "2001:db8::1", 1)),
            pool("four", 10, member("oslo", "192.0.2.1", 1)));
    assertThat(service.answersTo(1)).isEqualTo("1");
  }

  @Test
  void aDisabledPoolIsPassedOver() {
    var members = List.of(member("oslo", "192.0.2.1", 1));
    var service =
        TestService.of(
            new PoolSpec("primary", 20, new Algorithm.RoundRobin(), false, members),
            pool("backup", 10, member("virginia", "192.0.2.3", 1)));
    assertThat(service.answersTo(1)).isEqualTo("3");
  }

  @Test
  void poolsOfEqualPriorityShareByTurnsAndEachIsExactInside() {
    var service =
        TestService.of(
            pool("p", 10, member("oslo", "192.0.2.1", 2), member("dublin", "192.0.2.2", 1)),
            pool("q", 10, member("tokyo", "192.0.2.3", 1), member("lima", "192.0.2.4", 1)));
    assertThat(service.answersTo(12)).isEqualTo("1 3 1 4 2 3 1 4 1 3 2 4");
    assertThat(service.answers(3).answersTo(2)).isEqualTo("123 341");
  }

  @Test
  void silenceNoDataAndServfailSayWhyAndCarryNoRecord() {
    weighted.set("192.0.2.1", Availability.DOWN).set("192.0.2.2", Availability.ASSUMED_DOWN);
    assertDown(weighted.whenDown(new DownResponse.None()).ask(), Choice.Outcome.DROP);
    assertDown(weighted.whenDown(new DownResponse.NoData()).ask(), Choice.Outcome.RECORDS);
    assertDown(weighted.whenDown(new DownResponse.Servfail()).ask(), Choice.Outcome.SERVFAIL);
  }

  private static void assertDown(Choice choice, Choice.Outcome outcome) {
    assertThat(choice.outcome()).isEqualTo(outcome);
    assertThat(choice.count()).isZero();
    assertThat(choice.extendedError()).isEqualTo(22);
  }

  @Test
  void allRecordsHandsOutAllEnabledMembersOfAllPoolsHighestPriorityFirst() {
    var service =
        TestService.of(
                pool("backup", 10, member("virginia", "192.0.2.3", 1)),
                pool("shadow", 0, member("lab", "192.0.2.6", 1)),
                pool(
                    "primary",
                    20,
                    member("oslo", "192.0.2.1", 1),
                    disabled("oslo", "192.0.2.5"),
                    member("dublin", "192.0.2.2", 1),
                    member("lima", "192.0.2.4", 1)))
            .whenDown(new DownResponse.AllRecords());
    service
        .set("192.0.2.1", Availability.DOWN)
        .set("192.0.2.2", Availability.DOWN)
        .set("192.0.2.3", Availability.HELD)
        .set("192.0.2.4", Availability.DRAINING);
    assertThat(service.answersTo(2)).isEqualTo("123 213");
    assertThat(service.ask().extendedError()).isEqualTo(22);
  }

  @Test
  void inGoodTimesThereIsNoExtendedErrorAndTheTtlIsTheServices() {
    assertThat(weighted.ask().extendedError()).isEqualTo(Choice.NO_EXTENDED_ERROR);
    assertThat(weighted.ask().ttlSeconds()).isEqualTo(30);
    assertThat(weighted.ask().scopePrefixLength()).isZero();
  }

  @Test
  void allRecordsOfMembersThatAreAllDisabledIsNoData() {
    var service =
        TestService.of(pool("main", 10, disabled("oslo", "192.0.2.1")))
            .whenDown(new DownResponse.AllRecords());
    assertDown(service.ask(), Choice.Outcome.RECORDS);
  }

  @Test
  void anAddressInTwoPoolsIsOneRecordAndOneAnswer() {
    var service =
        TestService.of(
                pool("p", 10, member("oslo", "192.0.2.1", 1), member("lima", "192.0.2.2", 1)),
                pool("q", 10, member("oslo", "192.0.2.1", 9)))
            .answers(0);
    assertThat(service.rrset(RrType.A).records()).hasSize(2);
    assertThat(service.answersTo(4)).isEqualTo("12 12 21 12");
  }

  @Test
  void aLoneMemberSpendsNoTurn() {
    weighted.set("192.0.2.2", Availability.DOWN);
    assertThat(weighted.answersTo(7)).isEqualTo("1 1 1 1 1 1 1");
    weighted.set("192.0.2.2", Availability.UP);
    assertThat(weighted.answersTo(5)).isEqualTo("1 1 1 1 2");
  }

  @Test
  void fiveThousandMembersOfAnyWeightShareExactly() {
    var members = new ArrayList<MemberSpec>();
    for (int i = 0; i < 5000; i++) {
      members.add(member("s", "10.1." + i / 250 + "." + i % 250, 1 + i % 1000));
    }
    var service = TestService.of(pool("main", 10, members.toArray(MemberSpec[]::new)));
    var rrset = service.rrset(RrType.A);
    var choice = Choice.silent();
    var client = new Client();
    var count = new int[5000];
    int period = 5 * 500_500;
    for (int i = 0; i < period; i++) {
      choice.clear(30);
      rrset.chooser().choose(client, service.liveness(), rrset.turn(), choice);
      count[choice.record(0)]++;
    }
    for (int i = 0; i < 5000; i++) {
      assertThat(count[i]).isEqualTo(1 + i % 1000);
    }
    assertThat(service.answers(20).ask().count()).isEqualTo(20);
    assertThat(service.answers(0).ask().count()).isEqualTo(Choice.CAPACITY);
  }
}
