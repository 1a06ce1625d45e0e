package io.fairlead.health.schedule;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.probe.ProbeResult.Failed;
import io.fairlead.health.probe.ProbeResult.Passed;
import io.fairlead.health.schedule.RecordingSink.Change;
import io.fairlead.health.schedule.ScriptedProbe.Find;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Targets that say themselves how they are: reports decide, and so does too long a silence. */
class PushTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final long ALMOST = SILENCE.toNanos() - MILLISECONDS.toNanos(1);
  private static final ProbeResult UP = new Passed("it says up");
  private static final ProbeResult DOWN = new Failed("it says down: no disk");
  private static final Target TOLD = target(new Check.Push("heartbeat"), 1);
  private static final Target PROBED = target(new Check.Tcp(), 2);

  private final SimulatedLoop loop = new SimulatedLoop(-7);
  private final ScriptedProbe probe = new ScriptedProbe(loop, _ -> Find.passed(1));
  private final RecordingSink sink = new RecordingSink(loop::nanoTime);
  private final Prober prober =
      new Prober(sink, InstantSource.system(), new Random(5), loop, probe, Limits.DEFAULT);

  @Test
  void eachReportDecides() {
    watch(TOLD);
    assertThat(status().verdict()).isEqualTo(Verdict.UNKNOWN);
    for (ProbeResult said : List.of(UP, UP, DOWN, DOWN, UP)) {
      report(said);
      assertThat(status().reason()).isEqualTo(said.reason());
    }
    assertThat(told()).containsExactly(Verdict.UP, Verdict.DOWN, Verdict.UP);
    assertThat(probe.starts).as("nobody probes it").isEmpty();
    assertThat(prober.history(TOLD)).hasSize(5);
  }

  @Test
  void silenceIsDownAfterItsTimeAndNotBefore() {
    watch(TOLD);
    report(UP);
    loop.advance(ALMOST);
    report(UP);
    loop.advance(ALMOST);
    assertThat(status().verdict()).isEqualTo(Verdict.UP);

    loop.advance(MILLISECONDS.toNanos(2));
    assertThat(status().verdict()).isEqualTo(Verdict.DOWN);
    assertThat(status().reason()).isEqualTo("no report for 30 s");
    loop.advance(SECONDS.toNanos(300));
    assertThat(told()).containsExactly(Verdict.UP, Verdict.DOWN);

    report(UP);
    assertThat(status().verdict()).isEqualTo(Verdict.UP);
  }

  @Test
  void whoHasNeverReportedIsDownAfterTheSameTime() {
    watch(TOLD);
    loop.advance(ALMOST);
    assertThat(told()).isEmpty();
    loop.advance(MILLISECONDS.toNanos(2));
    assertThat(told()).containsExactly(Verdict.DOWN);
  }

  /** Reports may have come while nobody could take them. */
  @Test
  void aStopOfThisProcessIsNoSilence() {
    watch(TOLD);
    report(UP);
    loop.standStill(SILENCE.toNanos() * 3);
    loop.advance(ALMOST);
    assertThat(told()).containsExactly(Verdict.UP);

    loop.advance(SILENCE.toNanos() * 2);
    assertThat(told()).as("but a silence after it is").containsExactly(Verdict.DOWN);
  }

  @Test
  void aReportThatSaysDownCountsEvenAfterAStop() {
    watch(TOLD);
    report(UP);
    loop.standStill(SECONDS.toNanos(5));
    report(DOWN);
    assertThat(told()).containsExactly(Verdict.UP, Verdict.DOWN);
  }

  @Test
  void theFirstRoundDoesNotWaitForIt() {
    watch(TOLD, PROBED);
    loop.advance(SECONDS.toNanos(1));
    assertThat(sink.firstRounds).hasValue(1);
    assertThat(prober.counts().inFlight()).isZero();
  }

  @Test
  void reportsOfStrangersAreNothing() {
    watch(PROBED);
    loop.advance(SECONDS.toNanos(1));
    sink.changes.clear();
    prober.report(PROBED, DOWN);
    prober.report(TOLD, DOWN);
    loop.advance(SECONDS.toNanos(1));
    assertThat(told()).isEmpty();
  }

  @Test
  void oneThatWasRemovedIsNoLongerWaitedFor() {
    watch(TOLD);
    report(UP);
    watch(PROBED);
    prober.report(TOLD, DOWN);
    loop.advance(SILENCE.toNanos() * 2);
    assertThat(sink.changes.stream().filter(change -> change.target().equals(TOLD))).hasSize(1);

    watch(TOLD);
    assertThat(status().verdict()).as("anew").isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void oneThatStaysKeepsItsClock() {
    watch(TOLD);
    report(UP);
    loop.advance(ALMOST);
    watch(TOLD, PROBED);
    loop.advance(MILLISECONDS.toNanos(2));
    assertThat(status().verdict()).isEqualTo(Verdict.DOWN);
  }

  private void watch(Target... targets) {
    prober.watch(Set.of(targets), Map.of());
    loop.advance(0);
  }

  private void report(ProbeResult said) {
    prober.report(TOLD, said);
    loop.advance(0);
  }

  private TargetStatus status() {
    return Objects.requireNonNull(prober.status(TOLD));
  }

  /** What was told since it was last asked. */
  private List<Verdict> told() {
    var changes = new ArrayList<Change>();
    sink.changes.drainTo(changes);
    return changes.stream().map(change -> change.status().verdict()).toList();
  }

  private static Target target(Check check, int number) {
    return new Target(
        InetAddress.ofLiteral("10.0.0." + number), Target.NO_PORT, check, SILENCE, SILENCE, 1, 1);
  }
}
