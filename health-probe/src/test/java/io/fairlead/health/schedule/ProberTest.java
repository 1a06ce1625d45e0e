package io.fairlead.health.schedule;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.probe.ProbeResult;
import io.fairlead.health.schedule.ScriptedProbe.Find;
import io.fairlead.health.schedule.ScriptedProbe.Start;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scheduling and verdicts, in simulated time. */
class ProberTest {
  private static final long MILLI = MILLISECONDS.toNanos(1);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final SimulatedLoop loop = new SimulatedLoop(-5_000 * MILLI);
  private final Map<Target, Find> finds = new HashMap<>();
  private final ScriptedProbe probe =
      new ScriptedProbe(loop, target -> finds.getOrDefault(target, Find.passed(MILLI)));
  private final RecordingSink sink = new RecordingSink(loop::nanoTime);
  private Instant wallTime = NOON;
  private Prober prober = prober(Integer.MAX_VALUE);

  @BeforeEach
  void nothingIsKnown() {
    assertThat(prober.statuses()).isEmpty();
  }

  @Test
  void theFirstProbeDecides() {
    Target up = target(1);
    Target down = target(2);
    finds.put(down, Find.failed(2 * MILLI));

    prober.watch(Set.of(up, down), Map.of(down, Verdict.UP));
    assertThat(prober.status(down))
        .isEqualTo(
            new TargetStatus(Verdict.UNKNOWN, Verdict.UP, NOON, "not probed yet", "", false));
    wallTime = NOON.plusSeconds(7);
    loop.advance(5 * MILLI);

    assertThat(prober.status(up))
        .isEqualTo(new TargetStatus(Verdict.UP, NOON.plusSeconds(7), "status 200 in 1 ms"));
    assertThat(prober.status(down))
        .isEqualTo(new TargetStatus(Verdict.DOWN, NOON.plusSeconds(7), "refused"));
    assertThat(sink.changes).hasSize(2);
    assertThat(sink.firstRounds).hasValue(1);
  }

  /** One failure of the two that it takes: in doubt; then the verdict turns, and is sure again. */
  @Test
  void aVerdictThatTheLastProbeContradictsIsInDoubtUntilItTurnsOrStands() {
    Target target = target(1);
    prober.watch(Set.of(target), Map.of());
    loop.advance(SECONDS.toNanos(3));
    assertThat(sink.doubts).isEmpty();

    finds.put(target, Find.SILENCE);
    loop.advance(SECONDS.toNanos(10));
    assertThat(sink.doubts).containsExactly(true);
    assertThat(sink.changes.stream().toList().getLast().status())
        .satisfies(status -> assertThat(status.verdict()).isEqualTo(Verdict.DOWN))
        .satisfies(status -> assertThat(status.isInDoubt()).isFalse());

    finds.put(target, Find.passed(MILLI));
    loop.advance(SECONDS.toNanos(10));
    assertThat(sink.doubts).containsExactly(true, true);
  }

  @Test
  void aChangeIsToldOnceWithItsReason() {
    Target target = target(1);
    prober.watch(Set.of(target), Map.of());
    loop.advance(SECONDS.toNanos(3));
    finds.put(target, Find.SILENCE);
    sink.changes.clear();
    loop.advance(SECONDS.toNanos(10));

    assertThat(sink.changes).hasSize(1);
    TargetStatus told = sink.changes.remove().status();
    assertThat(told.verdict()).isEqualTo(Verdict.DOWN);
    assertThat(told.reason()).isEqualTo("no answer within 500 ms (connected in 1 ms)");

    finds.put(target, Find.passed(MILLI));
    loop.advance(SECONDS.toNanos(10));
    assertThat(sink.changes).hasSize(1);
    assertThat(sink.changes.remove().status().verdict()).isEqualTo(Verdict.UP);
  }

  @Test
  void probesKeepToTheirGridForEver() {
    Target steady = target(1);
    Target silent = target(2);
    finds.put(silent, Find.SILENCE);
    prober.watch(Set.of(steady, silent), Map.of());
    loop.advance(Duration.ofDays(1).toNanos());

    for (Target target : List.of(steady, silent)) {
      List<Long> starts = startsOf(target);
      assertThat(starts).hasSizeBetween(86_399, 86_402);
      long phase = starts.getLast();
      for (long start : starts.subList(1, starts.size())) {
        assertThat((phase - start) % INTERVAL.toNanos()).isZero();
      }
    }
  }

  @Test
  void theFirstRoundIsPacedButNotSpread() {
    var many = targets(3_000);
    prober.watch(many, Map.of());
    loop.advance(0);
    assertThat(probe.starts).as("at once, but not all at once").hasSizeBetween(1, 200);
    loop.advance(400 * MILLI);

    assertThat(probe.starts).hasSize(3_000);
    assertThat(sink.firstRounds).hasValue(1);
  }

  @Test
  void laterRoundsAreSpreadOverTheInterval() {
    prober.watch(targets(10_000), Map.of());
    loop.advance(SECONDS.toNanos(5));
    int[] perHundredth = new int[101];
    long from = loop.nanoTime();
    probe.starts.clear();
    loop.advance(INTERVAL.toNanos());
    for (Start start : probe.starts) {
      perHundredth[(int) ((start.atNanos() - from) / (10 * MILLI))]++;
    }

    assertThat(probe.starts).hasSizeBetween(9_900, 10_100);
    for (int starts : Arrays.copyOf(perHundredth, 100)) {
      assertThat(starts).as("10,000 targets in 100 parts of the interval").isBetween(70, 130);
    }
  }

  @Test
  void inFlightIsBoundedAndTheRestWaits() {
    prober = prober(50);
    var many = targets(200);
    many.forEach(target -> finds.put(target, Find.SILENCE));
    prober.watch(many, Map.of());
    loop.advance(SECONDS.toNanos(60));

    assertThat(probe.mostInFlight).isEqualTo(50);
    assertThat(sink.firstRounds).hasValue(1);
    for (Target target : many) {
      assertThat(status(target).verdict()).isEqualTo(Verdict.DOWN);
    }
  }

  @Test
  void unchangedTargetsGoOnAsTheyWere() {
    Target kept = target(1);
    prober.watch(Set.of(kept), Map.of());
    loop.advance(SECONDS.toNanos(3));
    finds.put(kept, Find.failed(MILLI));
    loop.advance(SECONDS.toNanos(1));
    sink.changes.clear();

    prober.watch(Set.of(target(1), target(2)), Map.of(kept, Verdict.DOWN));
    assertThat(status(kept).verdict()).as("one failure of two").isEqualTo(Verdict.UP);
    loop.advance(SECONDS.toNanos(1));
    assertThat(status(kept).verdict()).as("the second of two").isEqualTo(Verdict.DOWN);
    List<Long> starts = startsOf(kept);
    assertThat(starts.getLast() - starts.get(2))
        .isEqualTo((starts.size() - 3) * INTERVAL.toNanos());
  }

  @Test
  void removedTargetsEndAtOnce() {
    Target idle = target(1);
    Target underWay = target(2);
    Target fresh = target(3);
    finds.put(underWay, Find.SILENCE);
    prober.watch(Set.of(idle, underWay), Map.of());
    loop.advance(10 * MILLI);
    assertThat(probe.inFlight()).isEqualTo(1);

    prober.watch(Set.of(fresh), Map.of());
    prober.watch(Set.of(), Map.of());
    int before = probe.starts.size();
    loop.advance(SECONDS.toNanos(10));

    assertThat(probe.inFlight()).isZero();
    assertThat(probe.starts).hasSize(before);
    assertThat(prober.statuses()).isEmpty();
    assertThat(prober.status(idle)).isNull();
    assertThat(sink.firstRounds).as("who is gone is not waited for").hasValue(1);
  }

  @Test
  void nothingToWatchIsAFirstRoundToo() {
    prober.watch(Set.of(), Map.of());
    loop.advance(0);
    assertThat(sink.firstRounds).hasValue(1);

    prober.watch(Set.of(target(1)), Map.of());
    loop.advance(SECONDS.toNanos(5));
    assertThat(sink.firstRounds).hasValue(1);
  }

  @Test
  void aStoppedProcessTurnsNothingDown() {
    var many = targets(500);
    many.forEach(target -> finds.put(target, Find.passed(300 * MILLI)));
    prober.watch(many, Map.of());
    loop.advance(SECONDS.toNanos(10));
    sink.changes.clear();
    for (int i = 0; i < 50; i++) {
      loop.standStill(SECONDS.toNanos(1 + i % 5));
      loop.advance(700 * MILLI);
    }

    assertThat(sink.changes).isEmpty();
  }

  @Test
  void whatAStallTookIsWaitedTooBeforeATimeout() {
    Target slow = target(1);
    Target silent = target(2);
    finds.put(slow, Find.passed(600 * MILLI));
    finds.put(silent, Find.SILENCE);
    prober.watch(Set.of(slow, silent), Map.of());
    loop.advance(100 * MILLI);
    loop.standStill(300 * MILLI);
    loop.advance(250 * MILLI);
    assertThat(status(slow).verdict()).as("600 ms, of which 300 were lost").isEqualTo(Verdict.UP);
    loop.advance(300 * MILLI);
    assertThat(status(silent).verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aRefusalCountsOnABusyMachine() {
    Target target = target(1);
    prober.watch(Set.of(target), Map.of());
    loop.advance(SECONDS.toNanos(3));
    finds.put(target, Find.failed(MILLI));
    for (int i = 0; i < 20; i++) {
      loop.standStill(400 * MILLI);
      loop.advance(100 * MILLI);
    }
    assertThat(status(target).verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aStopIsNotCaughtUpWith() {
    prober.watch(targets(1_000), Map.of());
    loop.advance(SECONDS.toNanos(5));
    probe.starts.clear();
    loop.standStill(SECONDS.toNanos(60));
    loop.advance(INTERVAL.toNanos());

    assertThat(probe.starts).as("one round, not sixty").hasSizeBetween(900, 1_600);
  }

  @Test
  void anUndecidedTargetIsTriedAgainSoon() {
    Target target = target(1);
    finds.put(target, new Find(0, new ProbeResult.NotCounted("no socket: too many open files")));
    prober.watch(Set.of(target), Map.of());
    loop.advance(MILLI);
    assertThat(status(target).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(status(target).reason()).isEqualTo("no socket: too many open files");

    finds.remove(target);
    loop.advance(SECONDS.toNanos(1) + 10 * MILLI);
    assertThat(status(target).verdict()).isEqualTo(Verdict.UP);
    assertThat(probe.starts).hasSize(2);
  }

  @Test
  void probesThatEndAsTheyBeginDoNotPileUpTheStack() {
    var many = targets(20_000);
    many.forEach(target -> finds.put(target, Find.failed(0)));
    prober.watch(many, Map.of());
    loop.advance(SECONDS.toNanos(2));
    assertThat(sink.firstRounds).hasValue(1);
  }

  @Test
  void aTimeoutAsLongAsTheIntervalDoesNotOverlap() {
    Target slow = new Target(address(1), 80, new Check.Tcp(), INTERVAL, INTERVAL, 2, 2);
    Target slower =
        new Target(address(2), 80, new Check.Tcp(), INTERVAL, INTERVAL.multipliedBy(3), 2, 2);
    finds.put(slow, Find.SILENCE);
    finds.put(slower, Find.SILENCE);
    prober.watch(Set.of(slow, slower), Map.of());
    loop.advance(SECONDS.toNanos(60));

    assertThat(startsOf(slow)).as("every slot").hasSizeBetween(59, 61);
    assertThat(startsOf(slower)).hasSizeBetween(18, 21);
  }

  @Test
  void theWallClockDecidesNothing() {
    prober.watch(Set.of(target(1)), Map.of());
    loop.advance(SECONDS.toNanos(5));
    sink.changes.clear();
    for (Duration jump :
        List.of(Duration.ofHours(1), Duration.ofDays(-1), Duration.ofDays(20_000))) {
      wallTime = wallTime.plus(jump);
      probe.starts.clear();
      loop.advance(SECONDS.toNanos(10));
      assertThat(probe.starts).hasSize(10);
    }
    assertThat(sink.changes).isEmpty();
  }

  @Test
  void theLastResultsAreKept() {
    Target target = target(1);
    prober.watch(Set.of(target), Map.of());
    loop.advance(SECONDS.toNanos(20));
    finds.put(target, Find.SILENCE);
    loop.advance(INTERVAL.toNanos());
    finds.put(target, new Find(MILLI, new ProbeResult.NotCounted("no socket")));
    loop.advance(INTERVAL.toNanos());

    List<PastProbe> history = prober.history(target);
    assertThat(history).hasSize(10);
    assertThat(history.getFirst().took()).isEqualTo(Duration.ofMillis(1));
    assertThat(history.get(8).took()).isEqualTo(TIMEOUT);
    assertThat(history.get(8).result().reason()).startsWith("no answer within 500 ms");
    assertThat(history.get(9).result()).isEqualTo(new ProbeResult.NotCounted("no socket"));
    assertThat(prober.counts()).isEqualTo(new ProbeCounts(probe.starts.size() - 2, 1, 1, 0));
    assertThat(prober.history(target(2))).isEmpty();
  }

  @Test
  void closedMeansSilent() {
    prober.watch(targets(100), Map.of());
    prober.close();
    prober.watch(targets(100), Map.of());
    prober.close();
    loop.advance(SECONDS.toNanos(10));
    assertThat(sink.changes).isEmpty();
    assertThat(sink.firstRounds).hasValue(0);
  }

  private Prober prober(int maxInFlight) {
    return new Prober(
        sink, () -> wallTime, new Random(42), loop, probe, new Limits(maxInFlight, 256));
  }

  private TargetStatus status(Target target) {
    return Objects.requireNonNull(prober.status(target));
  }

  private List<Long> startsOf(Target target) {
    var starts = new ArrayList<Long>();
    for (Start start : probe.starts) {
      if (start.target().equals(target)) {
        starts.add(start.atNanos());
      }
    }
    return starts;
  }

  private static Set<Target> targets(int count) {
    var targets = new LinkedHashSet<Target>();
    for (int i = 0; i < count; i++) {
      targets.add(target(i));
    }
    return targets;
  }

  private static Target target(int number) {
    return new Target(address(number), 80, new Check.Tcp(), INTERVAL, TIMEOUT, 2, 2);
  }

  private static InetAddress address(int number) {
    return InetAddress.ofLiteral("10.0.%d.%d".formatted(number >> 8, number & 0xFF));
  }
}
