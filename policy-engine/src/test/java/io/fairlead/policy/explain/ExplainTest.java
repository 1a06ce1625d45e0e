package io.fairlead.policy.explain;

import static io.fairlead.policy.TestService.disabled;
import static io.fairlead.policy.TestService.member;
import static io.fairlead.policy.TestService.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Reason;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.RandomService;
import io.fairlead.policy.Sample;
import io.fairlead.policy.TestService;
import io.fairlead.policy.spec.DownResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private final TestService ladder =
      TestService.of(
          pool("primary", 20, member("oslo", "192.0.2.1", 1), member("dublin", "192.0.2.2", 1)),
          pool("backup", 10, member("virginia", "192.0.2.3", 3), member("lima", "192.0.2.4", 1)),
          pool("shadow", 0, disabled("lab", "192.0.2.5")));

  @Test
  void saysWhichPoolsWereLeftWhoseTurnItWasAndWhatBecameOfEachMember() {
    ladder.set("192.0.2.1", Availability.DOWN).set("192.0.2.2", Availability.HELD);
    assertThat(explained(ladder))
        .containsExactly(
            "pool primary (priority 20) is left: none of its members can answer now",
            "pool backup (priority 10) is taken: no pool with a member that can answer has a"
                + " higher priority",
            "pool shadow (priority 0) is left: priority 0 means probed, never chosen",
            "turn 0 falls on slot 1 of 4",
            "oslo 192.0.2.1 (pool primary, weight 1) is down; left: it cannot answer",
            "dublin 192.0.2.2 (pool primary, weight 1) is well again, but held back until it"
                + " has been so for long enough; left: it cannot answer",
            "virginia 192.0.2.3 (pool backup, weight 3) is up; taken as number 1",
            "lima 192.0.2.4 (pool backup, weight 1) is up; left: another was picked",
            "lab 192.0.2.5 (pool shadow, weight 1) is disabled; left: it cannot answer",
            "the answer holds for 30 s");
  }

  @Test
  void saysWhatTheServiceDoesWhenAllAreDown() {
    for (int i = 1; i <= 4; i++) {
      ladder.set("192.0.2." + i, Availability.DOWN);
    }
    assertThat(explained(ladder.whenDown(new DownResponse.Servfail())))
        .contains(
            "no member can answer, so the service is told to say SERVFAIL (extended error 22)");
    assertThat(explained(ladder.whenDown(new DownResponse.AllRecords())))
        .contains(
            "pool primary (priority 20) is taken although none of its members can answer: all"
                + " records were asked for",
            "no member can answer, so the service is told to hand out all enabled members, health"
                + " set aside (extended error 22)",
            "lima 192.0.2.4 (pool backup, weight 1) is down; taken as number 4");
  }

  @Test
  void saysHowPoolsShare() {
    var service =
        TestService.of(
            pool("p", 10, member("oslo", "192.0.2.1", 1)),
            pool("q", 10, member("lima", "192.0.2.2", 1)));
    service.ask();
    assertThat(explained(service)).contains("2 pools share the answers; turn 1 is q's");
  }

  @Test
  void spendsNoTurn() {
    explained(ladder);
    explained(ladder);
    assertThat(ladder.answersTo(2)).isEqualTo("1 2");
  }

  /** What explain says is taken is what the next query gets, for any service. */
  @Test
  void explainIsTheAnswer() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var services = new RandomService(random);
    for (int i = 0; i < Sample.of(10_000, 1_000_000); i++) {
      if (i % 500 == 0) {
        services.elsewhere();
      }
      var service = services.next();
      var client = RandomService.client(random);
      for (SteeredRrSet rrset : service.compile()) {
        var explained = service.explain(rrset, client);
        var answered = service.ask(rrset, client);
        assertSame(explained, answered, "seed " + seed + ", service " + i);
        assertToldTruly(explained, rrset, "seed " + seed + ", service " + i);
      }
    }
  }

  private static void assertSame(Choice explained, Choice answered, String what) {
    assertThat(facts(explained)).as(what).isEqualTo(facts(answered));
  }

  private static String facts(Choice choice) {
    var facts = new StringBuilder();
    facts.append(choice.outcome()).append(' ').append(choice.extendedError()).append(' ');
    facts.append(choice.ttlSeconds()).append(' ').append(choice.scopePrefixLength());
    for (int i = 0; i < choice.count(); i++) {
      facts.append(' ').append(choice.record(i));
    }
    return facts.toString();
  }

  /** Each record of the answer is told as taken at its place, and nobody else is. */
  private static void assertToldTruly(Choice choice, SteeredRrSet rrset, String what) {
    var told = new boolean[choice.count()];
    for (Reason reason : choice.reasons()) {
      if (reason instanceof PolicyReason.MemberConsidered member && member.place() > 0) {
        int record = choice.record(member.place() - 1);
        assertThat(endpointOf(member.address(), rrset))
            .as(what)
            .isEqualTo(rrset.records().get(record).endpoint());
        assertThat(member.fate()).as(what).isEqualTo(MemberFate.TAKEN);
        told[member.place() - 1] = true;
      }
      if (reason instanceof PolicyReason.LastResortTaken last) {
        assertThat(last.target())
            .as(what)
            .isEqualTo(TestService.text(rrset.records().get(choice.record(0))));
        told[0] = true;
      }
    }
    assertThat(told).as(what).doesNotContain(false);
  }

  /** A member's public address is another record of the same endpoint. */
  private static int endpointOf(String address, SteeredRrSet rrset) {
    return rrset.records().stream()
        .filter(record -> TestService.text(record).equals(address))
        .findFirst()
        .orElseThrow()
        .endpoint();
  }

  private static List<String> explained(TestService service) {
    return service.explain(service.rrset(RrType.A)).reasons().stream().map(Reason::text).toList();
  }
}
