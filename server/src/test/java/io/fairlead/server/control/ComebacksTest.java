package io.fairlead.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.CalmSpec;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.GuardSpec;
import io.fairlead.config.NodeSpec.AnswerWhenUnknown;
import io.fairlead.dns.choice.Availability;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.Failback;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.control.ControlEvent.Overridden;
import io.fairlead.server.control.ControlEvent.OverrideCleared;
import io.fairlead.server.control.ControlEvent.Restored;
import io.fairlead.server.control.ControlEvent.Resumed;
import io.fairlead.server.control.ControlEvent.TimePassed;
import io.fairlead.server.state.KeptState;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.State;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How members that failed come back, on a clock that the test moves. */
final class ComebacksTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Subject.Member HOME =
      new Subject.Member("fruit.gslb.guzware.net", Fruit.HOME);
  private static final Failback MANUAL = new Failback(true, Duration.ZERO, Duration.ZERO);
  private static final CalmSpec HOLD_DOWN =
      new CalmSpec(Duration.ofSeconds(10), Duration.ofMinutes(1), GuardSpec.DEFAULT);

  private ControlFold fold = new ControlFold();
  private Published now = Published.NOTHING;
  private Instant time = NOON;

  private void when(ControlEvent... events) {
    var batch = new ArrayList<ControlEvent>();
    batch.add(new TimePassed(time));
    batch.addAll(List.of(events));
    now = fold.apply(now, batch);
  }

  private void after(int seconds) {
    time = time.plusSeconds(seconds);
    when();
  }

  private void served(Failback failback, CalmSpec calm) {
    when(new ConfigLoaded(config(failback, calm), "text", List.of(), time));
    when(says(Fruit.HOME, Verdict.UP), says(Fruit.REMOTE, Verdict.UP), new FirstRoundDone());
  }

  private static FairleadConfig config(Failback failback, CalmSpec calm) {
    ServiceSpec plain = Fruit.service(Fruit.FRUIT, Fruit.HOME, Fruit.REMOTE);
    PoolSpec pool = plain.pools().getFirst();
    ServiceSpec service =
        plain.withPools(
            List.of(
                new PoolSpec(
                    pool.name(),
                    pool.priority(),
                    pool.algorithm(),
                    true,
                    pool.members(),
                    null,
                    List.of(),
                    failback)));
    FairleadConfig c = Fruit.config(List.of(service), AnswerWhenUnknown.LAST);
    return new FairleadConfig(
        c.node(),
        c.listen(),
        c.wire(),
        c.admin(),
        c.zones(),
        c.sites(),
        c.monitors(),
        c.services(),
        null,
        List.of(),
        calm,
        c.imported(),
        c.transfers(),
        c.reporting());
  }

  private HealthChanged says(String address, Verdict verdict) {
    Target target =
        now.plan().targets().stream()
            .filter(t -> t.place().toString().equals(address))
            .findFirst()
            .orElseThrow();
    return new HealthChanged(target, "self", new TargetStatus(verdict, time, "said so"));
  }

  private PlannedMember home() {
    return now.plan().members(HOME).getFirst();
  }

  private Availability state() {
    return now.availability(home());
  }

  private String standing() {
    return Standing.of(home(), now).reason();
  }

  private void restart(Failback failback, CalmSpec calm) {
    KeptState kept = Keeping.of(now, time);
    fold = new ControlFold();
    now = Published.NOTHING;
    when(new Restored(kept), new ConfigLoaded(config(failback, calm), "text", List.of(), time));
  }

  @Test
  void withoutRulesItIsBackAtOnceAndNothingIsRemembered() {
    served(Failback.AT_ONCE, CalmSpec.OFF);

    when(says(Fruit.HOME, Verdict.DOWN));
    assertThat(state()).isEqualTo(Availability.DOWN);
    when(says(Fruit.HOME, Verdict.UP));

    assertThat(state()).isEqualTo(Availability.UP);
    assertThat(now.model().calm().absences()).isEmpty();
    assertThat(now.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void whoIsNoLongerProbedIsNotWaitedFor() {
    served(MANUAL, CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));
    FairleadConfig probed = config(MANUAL, CalmSpec.OFF);
    List<ServiceSpec> unprobed =
        probed.services().stream()
            .map(
                s ->
                    new ServiceSpec(
                        s.name(), s.aliases(), 30, 1, List.of(), s.downResponse(), s.pools()))
            .toList();
    FairleadConfig plain = Fruit.config(unprobed, AnswerWhenUnknown.LAST);
    when(new ConfigLoaded(plain, "text", List.of(), time));

    assertThat(state()).isEqualTo(Availability.UP);
    assertThat(now.model().calm().absences()).isEmpty();
  }

  @Test
  void aMemberOfAManualPoolWaitsForAnOperator() {
    served(MANUAL, CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));
    assertThat(state()).isEqualTo(Availability.DOWN);

    when(says(Fruit.HOME, Verdict.UP));
    after(100_000);

    assertThat(state()).isEqualTo(Availability.WAITING);
    assertThat(standing())
        .isEqualTo(
            "well since 2026-11-23T12:00:00Z, and waits for an operator:"
                + " fairlead member resume fruit.gslb.guzware.net 127.0.10.1");
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 4)).containsExactly(Fruit.REMOTE);

    when(new Resumed(HOME, time));
    assertThat(state()).isEqualTo(Availability.UP);
    assertThat(standing()).isEmpty();
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 4)).hasSize(2);
  }

  @Test
  void aMemberThatIsDownCannotBeResumed() {
    served(MANUAL, CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));

    when(new Resumed(HOME, time));
    when(says(Fruit.HOME, Verdict.UP));

    assertThat(state()).isEqualTo(Availability.WAITING);
  }

  /** Whoever was never seen up has not failed: the order of starting things must not matter. */
  @Test
  void aFirstVerdictOfDownIsNoFailure() {
    when(new ConfigLoaded(config(MANUAL, CalmSpec.OFF), "text", List.of(), time));
    when(says(Fruit.HOME, Verdict.DOWN), says(Fruit.REMOTE, Verdict.UP), new FirstRoundDone());
    assertThat(state()).isEqualTo(Availability.DOWN);

    when(says(Fruit.HOME, Verdict.UP));

    assertThat(state()).isEqualTo(Availability.UP);
  }

  @Test
  void aRestartForgetsNobody() {
    served(MANUAL, CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));
    when(says(Fruit.HOME, Verdict.UP));

    restart(MANUAL, CalmSpec.OFF);
    assertThat(state()).as("well and waiting, before any probe").isEqualTo(Availability.WAITING);
    when(says(Fruit.HOME, Verdict.UP));
    assertThat(state()).isEqualTo(Availability.WAITING);

    when(new Resumed(HOME, time));
    restart(MANUAL, CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));
    when(says(Fruit.HOME, Verdict.UP));
    assertThat(state()).as("failed while we were away").isEqualTo(Availability.WAITING);
  }

  @Test
  void aReloadThatTakesTheRuleAwayLetsTheMemberBack() {
    served(MANUAL, CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));
    when(says(Fruit.HOME, Verdict.UP));
    when(new ConfigLoaded(config(MANUAL, CalmSpec.OFF), "text", List.of(), time));
    assertThat(state()).isEqualTo(Availability.WAITING);

    when(new ConfigLoaded(config(Failback.AT_ONCE, CalmSpec.OFF), "text", List.of(), time));

    assertThat(state()).isEqualTo(Availability.UP);
  }

  @Test
  void itComesBackWhenItHasBeenWellForLongEnough() {
    served(new Failback(false, Duration.ofSeconds(60), Duration.ZERO), CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));
    after(5);
    when(says(Fruit.HOME, Verdict.UP));
    assertThat(state()).isEqualTo(Availability.HELD);
    assertThat(now.nextDeadline()).isEqualTo(time.plusSeconds(60));
    assertThat(standing()).contains("comes back at 2026-11-23T12:01:05Z if it stays so");

    after(59);
    when(says(Fruit.HOME, Verdict.DOWN));
    after(1);
    when(says(Fruit.HOME, Verdict.UP));
    after(59);
    assertThat(state()).as("not without a break").isEqualTo(Availability.HELD);
    after(1);
    assertThat(state()).isEqualTo(Availability.UP);
  }

  @Test
  void eachFailureDoublesTheHoldDownAndAQuietTimeHalvesIt() {
    served(Failback.AT_ONCE, HOLD_DOWN);

    assertThat(secondsOutAfterAFailure()).isEqualTo(10);
    assertThat(secondsOutAfterAFailure()).isEqualTo(20);
    assertThat(secondsOutAfterAFailure()).isEqualTo(40);
    assertThat(secondsOutAfterAFailure()).as("the longest").isEqualTo(60);
    after(2 * 60);
    assertThat(secondsOutAfterAFailure()).as("two of four are forgotten").isEqualTo(40);
    after(10 * 60);
    assertThat(now.model().calm().absences()).as("nothing of it matters any more").isEmpty();
    assertThat(secondsOutAfterAFailure()).isEqualTo(10);
  }

  private int secondsOutAfterAFailure() {
    when(says(Fruit.HOME, Verdict.DOWN));
    after(1);
    when(says(Fruit.HOME, Verdict.UP));
    int seconds = 0;
    while (state() == Availability.HELD) {
      seconds++;
      after(1);
    }
    assertThat(state()).isEqualTo(Availability.UP);
    return seconds;
  }

  @Test
  void aFlapInOneBatchCountsToo() {
    served(Failback.AT_ONCE, HOLD_DOWN);

    when(says(Fruit.HOME, Verdict.DOWN), says(Fruit.HOME, Verdict.UP));

    assertThat(state()).isEqualTo(Availability.HELD);
  }

  @Test
  void theShareOfAMemberThatIsBackGrowsToTheWhole() {
    served(new Failback(false, Duration.ZERO, Duration.ofSeconds(160)), CalmSpec.OFF);
    when(says(Fruit.HOME, Verdict.DOWN));
    when(says(Fruit.HOME, Verdict.UP));
    assertThat(state()).isEqualTo(Availability.UP);
    assertThat(standing()).isEqualTo("in its slow start, with 1/16 of its weight");
    assertThat(Answers.share(now.snapshot(), Fruit.FRUIT, Fruit.HOME, 17)).isEqualTo(1);
    assertThat(Answers.to(now.snapshot(), Fruit.FRUIT).reasons())
        .anySatisfy(
            reason ->
                assertThat(reason.text()).contains("weight 1, of that 1/16 in its slow start"));

    for (int sixteenths = 2; sixteenths <= 16; sixteenths++) {
      assertThat(now.nextDeadline()).isEqualTo(time.plusSeconds(10));
      after(10);
      assertThat(now.share(home())).isEqualTo(sixteenths);
    }

    assertThat(Answers.share(now.snapshot(), Fruit.FRUIT, Fruit.HOME, 100)).isEqualTo(50);
    assertThat(now.model().calm().absences()).isEmpty();
    assertThat(now.nextDeadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void aDrainedMemberGetsNoNewAnswersAndIsDrainedAfterTheTtl() {
    served(Failback.AT_ONCE, CalmSpec.OFF);
    when(new Overridden(new OperatorOverride(HOME, State.DRAIN, "new disks", time)));
    assertThat(state()).isEqualTo(Availability.DRAINING);
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 4)).containsExactly(Fruit.REMOTE);
    assertThat(now.nextDeadline()).isEqualTo(time.plusSeconds(2));

    after(1);
    assertThat(state()).isEqualTo(Availability.DRAINING);
    after(1);
    assertThat(state()).isEqualTo(Availability.DRAINED);
    assertThat(now.nextDeadline()).isEqualTo(Instant.MAX);

    when(new OverrideCleared(HOME));
    assertThat(state()).isEqualTo(Availability.UP);
  }

  @Test
  void anOperatorEnablesWhatTheFileDisablesAndAReloadKeepsThat() {
    FairleadConfig config = config(Failback.AT_ONCE, CalmSpec.OFF);
    FairleadConfig disabled = config.withServices(List.of(withHomeDisabled(config)));
    when(new ConfigLoaded(disabled, "text", List.of(), time), new FirstRoundDone());
    assertThat(state()).isEqualTo(Availability.DISABLED);
    assertThat(standing()).isEqualTo("the file says enabled: false");

    when(new Overridden(new OperatorOverride(HOME, State.ENABLE, "", time)));
    when(says(Fruit.HOME, Verdict.UP));
    assertThat(state()).isEqualTo(Availability.UP);
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 4)).hasSize(2);

    when(new ConfigLoaded(disabled, "text", List.of(), time));
    assertThat(state()).isEqualTo(Availability.UP);

    when(new OverrideCleared(HOME));
    assertThat(state()).isEqualTo(Availability.DISABLED);
    assertThat(Answers.addresses(now.snapshot(), Fruit.FRUIT, 4)).containsExactly(Fruit.REMOTE);
  }

  private static ServiceSpec withHomeDisabled(FairleadConfig config) {
    ServiceSpec service = config.services().getFirst();
    PoolSpec pool = service.pools().getFirst();
    var members =
        pool.members().stream()
            .map(
                m ->
                    new MemberSpec(
                        m.site(),
                        m.address(),
                        m.weight(),
                        !m.target().equals(Fruit.HOME),
                        null,
                        0,
                        m.origin()))
            .toList();
    return service.withPools(List.of(pool.withMembers(members, List.of())));
  }
}
