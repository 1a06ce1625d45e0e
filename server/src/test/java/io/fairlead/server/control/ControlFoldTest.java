package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.NodeSpec.AnswerWhenUnknown;
import io.fairlead.config.Problem;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.zone.NameServer;
import io.fairlead.dns.zone.ZoneSpec;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.ConfigRefused;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.control.ControlEvent.Overridden;
import io.fairlead.server.control.ControlEvent.OverrideCleared;
import io.fairlead.server.control.ControlEvent.ReadyTimeoutPassed;
import io.fairlead.server.control.ControlEvent.Restored;
import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.OperatorOverride;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What events make of what is served: the control plane without clock, disk or network. */
final class ControlFoldTest {
  private static final List<NameServer> NAME_SERVERS =
      List.of(new NameServer(Name.parse("ns.example.net"), List.of()));

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final ControlFold fold = new ControlFold();
  private Published now = Published.NOTHING;

  private void when(ControlEvent... events) {
    now = fold.apply(now, List.of(events));
  }

  private static ConfigLoaded loaded(FairleadConfig config) {
    return new ConfigLoaded(config, "text", List.of(), NOON);
  }

  private HealthChanged says(String address, Verdict verdict) {
    Target target =
        now.plan().targets().stream()
            .filter(t -> t.place().toString().equals(address))
            .findFirst()
            .orElseThrow();
    return new HealthChanged(target, "self", new TargetStatus(verdict, NOON, "said so"));
  }

  private Availability availability(String address) {
    return now.plan()
        .allMembers()
        .filter(member -> member.member().target().equals(address))
        .map(now::availability)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothingIsAnsweredBeforeTheFirstVerdicts() {
    when(loaded(Fruit.config()));

    assertThat(now.snapshot().ready()).isFalse();
    assertThat(Answers.to(now.snapshot(), Fruit.FRUIT).rcode()).isEqualTo("SERVFAIL");
    assertThat(Answers.to(now.snapshot(), Fruit.FRUIT).extendedError()).contains("Not Ready");
  }

  @Test
  void theFirstRoundOpensTheDoor() {
    when(loaded(Fruit.config()));
    when(says(Fruit.HOME, Verdict.UP), says(Fruit.REMOTE, Verdict.UP), new FirstRoundDone());

    assertThat(now.snapshot().ready()).isTrue();
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 20))
        .containsExactly(Fruit.HOME, Fruit.REMOTE);
  }

  @Test
  void theBoundedWaitOpensItToo() {
    when(loaded(Fruit.config()), new ReadyTimeoutPassed());

    assertThat(now.snapshot().ready()).isTrue();
  }

  @Test
  void aMemberThatIsDownLeavesTheAnswersAndComesBack() {
    when(loaded(Fruit.config()));
    when(says(Fruit.HOME, Verdict.DOWN), says(Fruit.REMOTE, Verdict.UP), new FirstRoundDone());
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 20)).containsExactly(Fruit.REMOTE);

    when(says(Fruit.HOME, Verdict.UP));
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 20))
        .containsExactly(Fruit.HOME, Fruit.REMOTE);
  }

  @Test
  void allDownGivesAllRecordsAsTold() {
    when(loaded(Fruit.config()));
    when(says(Fruit.HOME, Verdict.DOWN), says(Fruit.REMOTE, Verdict.DOWN), new FirstRoundDone());

    assertThat(Answers.to(now.snapshot(), Fruit.FRUIT).answer()).hasSize(2);
  }

  @Test
  void anUnknownMemberCountsAsConfigured() {
    when(
        loaded(
            Fruit.config(List.of(Fruit.service(Fruit.FRUIT, Fruit.HOME)), AnswerWhenUnknown.UP)));
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.ASSUMED_UP);

    when(
        loaded(
            Fruit.config(List.of(Fruit.service(Fruit.FRUIT, Fruit.HOME)), AnswerWhenUnknown.DOWN)));
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.ASSUMED_DOWN);
  }

  @Test
  void restoredVerdictsAreUsedAtOnceUntilTheFirstProbeDecides() {
    when(loaded(Fruit.config()));
    when(says(Fruit.HOME, Verdict.DOWN), says(Fruit.REMOTE, Verdict.UP), new FirstRoundDone());
    KeptState kept = Keeping.of(now, NOON);

    now =
        new ControlFold()
            .apply(Published.NOTHING, List.of(new Restored(kept), loaded(Fruit.config())));

    assertThat(now.snapshot().ready()).isTrue();
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.ASSUMED_DOWN);
    assertThat(availability(Fruit.REMOTE)).isEqualTo(Availability.ASSUMED_UP);
  }

  @Test
  void aRefusedConfigurationChangesNothingThatIsServed() {
    when(loaded(Fruit.config()), new FirstRoundDone());
    var before = now.snapshot();

    when(new ConfigRefused(List.of(new Problem("f.yaml", 3, 1, "zones", "is missing")), NOON));

    assertThat(now.snapshot()).isSameAs(before);
    assertThat(now.model().refused()).hasSize(1);

    when(loaded(Fruit.config()));
    assertThat(now.model().refused()).isEmpty();
  }

  @Test
  void aReloadKeepsVerdictsAndTurns() {
    when(loaded(Fruit.config()));
    when(says(Fruit.HOME, Verdict.DOWN), says(Fruit.REMOTE, Verdict.UP), new FirstRoundDone());
    var turn = now.snapshot().services().get(0).rrsets().getFirst().turn();
    var other = Name.parse("other.gslb.guzware.net");

    when(
        loaded(
            Fruit.config(
                List.of(
                    Fruit.service(other, "127.0.30.1"),
                    Fruit.service(Fruit.FRUIT, Fruit.HOME, Fruit.REMOTE)),
                AnswerWhenUnknown.LAST)));

    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.DOWN);
    int fruit = now.plan().number(Fruit.FRUIT);
    assertThat(now.snapshot().services().get(fruit).rrsets().getFirst().turn()).isSameAs(turn);
    assertThat(Answers.to(now.snapshot(), Fruit.FRUIT).answer())
        .singleElement()
        .asString()
        .endsWith(Fruit.REMOTE);
  }

  @Test
  void aReloadThatChangesNothingSharesTheCompiledServices() {
    when(loaded(Fruit.config()), new FirstRoundDone());
    var compiled = now.snapshot().services().get(0);

    when(loaded(Fruit.config()));

    assertThat(now.snapshot().services().get(0)).isSameAs(compiled);
  }

  @Test
  void aVerdictCompilesOnlyItsOwnService() {
    var other = Name.parse("other.gslb.guzware.net");
    when(
        loaded(
            Fruit.config(
                List.of(
                    Fruit.service(Fruit.FRUIT, Fruit.HOME, Fruit.REMOTE),
                    Fruit.service(other, "127.0.30.1")),
                AnswerWhenUnknown.LAST)),
        new FirstRoundDone());
    var fruit = now.snapshot().services().get(0);
    var untouched = now.snapshot().services().get(1);
    var zones = now.snapshot().zones();

    when(says(Fruit.HOME, Verdict.DOWN));

    assertThat(now.snapshot().services().get(0)).isNotSameAs(fruit);
    assertThat(now.snapshot().services().get(1)).isSameAs(untouched);
    assertThat(now.snapshot().zones()).isSameAs(zones);
  }

  @Test
  void aVerdictThatChangesNothingPublishesNothing() {
    when(loaded(Fruit.config()));
    when(says(Fruit.HOME, Verdict.UP), new FirstRoundDone());
    var before = now.snapshot();

    when(says(Fruit.HOME, Verdict.UP));

    assertThat(now.snapshot()).isSameAs(before);
  }

  @Test
  void oneTargetThatTwoServicesShareMovesBoth() {
    var twin = Name.parse("twin.gslb.guzware.net");
    var first = Fruit.service(Fruit.FRUIT, Fruit.HOME, Fruit.REMOTE);
    var second =
        withProbeHost(Fruit.service(twin, Fruit.HOME, Fruit.REMOTE), Fruit.FRUIT.toString());
    when(
        loaded(Fruit.config(List.of(first, second), AnswerWhenUnknown.LAST)), new FirstRoundDone());
    assertThat(now.plan().targets()).hasSize(2);

    when(says(Fruit.HOME, Verdict.DOWN));

    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 4)).containsExactly(Fruit.REMOTE);
    assertThat(Answers.addresses(now.snapshot(), twin, 4)).containsExactly(Fruit.REMOTE);
  }

  private static ServiceSpec withProbeHost(ServiceSpec service, String host) {
    var pool = service.pools().getFirst();
    var members =
        pool.members().stream()
            .map(
                m ->
                    new MemberSpec(
                        m.site(), m.address(), m.weight(), m.enabled(), host, 0, m.origin()))
            .toList();
    return new ServiceSpec(
        service.name(),
        List.of(),
        2,
        1,
        List.of("apple"),
        service.downResponse(),
        List.of(new PoolSpec(pool.name(), pool.priority(), pool.algorithm(), true, members)));
  }

  @Test
  void anOperatorsWordStandsAboveVerdictsUntilItIsTakenBack() {
    when(loaded(Fruit.config()), new FirstRoundDone());
    var member = new OperatorOverride.Subject.Member("fruit.gslb.guzware.net", Fruit.HOME);

    when(
        new Overridden(
            new OperatorOverride(member, OperatorOverride.State.DISABLE, "patching", NOON)),
        says(Fruit.HOME, Verdict.UP));
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.DISABLED);

    when(new OverrideCleared(member));
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.UP);

    when(
        new Overridden(
            new OperatorOverride(
                new OperatorOverride.Subject.Site("remote-site"),
                OperatorOverride.State.DISABLE,
                "",
                NOON)));
    assertThat(availability(Fruit.REMOTE)).isEqualTo(Availability.DISABLED);
    assertThat(availability(Fruit.HOME)).isEqualTo(Availability.UP);
  }

  @Test
  void theSerialRisesWithEachChangeAndNeverGoesBack() {
    when(
        new Restored(
            new KeptState(
                NOON,
                "",
                Map.of(),
                List.of(),
                List.of(),
                Map.of("gslb.guzware.net", 500L),
                Map.of(),
                null)));
    when(loaded(Fruit.config()));
    assertThat(serial()).as("the file says 1, 500 has been served").isEqualTo(500);

    when(loaded(Fruit.config()));
    assertThat(serial()).as("nothing changed").isEqualTo(500);

    when(loaded(withZone(new ZoneSpec(Fruit.APEX, Fruit.APEX, NAME_SERVERS, 2, 60, List.of()))));
    assertThat(serial()).as("changed, but the file's time is older").isEqualTo(501);

    when(loaded(withZone(new ZoneSpec(Fruit.APEX, Fruit.APEX, NAME_SERVERS, 900, 61, List.of()))));
    assertThat(serial()).isEqualTo(900);
  }

  private long serial() {
    return now.plan().zones().getFirst().serial();
  }

  private static FairleadConfig withZone(ZoneSpec zone) {
    FairleadConfig c = Fruit.config();
    return new FairleadConfig(
        c.node(),
        c.listen(),
        c.admin(),
        List.of(zone),
        c.sites(),
        c.monitors(),
        c.services(),
        null);
  }
}
